using System.Collections.Frozen;
using LocalCloud.Http;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.S3;

/// <summary>Finds the operation of a request: by its method, by whether it names an object, and by a parameter without which it would be another.</summary>
internal static class S3Routes
{
    public const string Preflight = "OPTIONS";

    private static readonly (string Parameter, FrozenDictionary<string, string> Actions)[] OfBucket =
    [
        Route("acl", ("GET", "GetBucketAcl"), ("PUT", "PutBucketAcl")),
        Route("accelerate", ("GET", "GetBucketAccelerateConfiguration")),
        Route("cors", ("GET", "GetBucketCors"), ("PUT", "PutBucketCors"), ("DELETE", "DeleteBucketCors")),
        Route("delete", ("POST", "DeleteObjects")),
        Route("encryption", ("GET", "GetBucketEncryption"), ("PUT", "PutBucketEncryption"), ("DELETE", "DeleteBucketEncryption")),
        Route("lifecycle", ("GET", "GetBucketLifecycleConfiguration"), ("PUT", "PutBucketLifecycleConfiguration"), ("DELETE", "DeleteBucketLifecycle")),
        Route("location", ("GET", "GetBucketLocation")),
        Route("logging", ("GET", "GetBucketLogging")),
        Route("notification", ("GET", "GetBucketNotificationConfiguration"), ("PUT", "PutBucketNotificationConfiguration")),
        Route("object-lock", ("GET", "GetObjectLockConfiguration")),
        Route("ownershipControls", ("GET", "GetBucketOwnershipControls"), ("PUT", "PutBucketOwnershipControls"), ("DELETE", "DeleteBucketOwnershipControls")),
        Route("policy", ("GET", "GetBucketPolicy"), ("PUT", "PutBucketPolicy"), ("DELETE", "DeleteBucketPolicy")),
        Route("policyStatus", ("GET", "GetBucketPolicyStatus")),
        Route("publicAccessBlock", ("GET", "GetPublicAccessBlock"), ("PUT", "PutPublicAccessBlock"), ("DELETE", "DeletePublicAccessBlock")),
        Route("replication", ("GET", "GetBucketReplication")),
        Route("requestPayment", ("GET", "GetBucketRequestPayment")),
        Route("tagging", ("GET", "GetBucketTagging"), ("PUT", "PutBucketTagging"), ("DELETE", "DeleteBucketTagging")),
        Route("uploads", ("GET", "ListMultipartUploads")),
        Route("versioning", ("GET", "GetBucketVersioning"), ("PUT", "PutBucketVersioning")),
        Route("versions", ("GET", "ListObjectVersions")),
        Route("website", ("GET", "GetBucketWebsite")),
    ];

    private static readonly (string Parameter, FrozenDictionary<string, string> Actions)[] OfObject =
    [
        Route("acl", ("GET", "GetObjectAcl"), ("PUT", "PutObjectAcl")),
        Route("attributes", ("GET", "GetObjectAttributes")),
        Route("tagging", ("GET", "GetObjectTagging"), ("PUT", "PutObjectTagging"), ("DELETE", "DeleteObjectTagging")),
        Route("uploadId", ("GET", "ListParts"), ("PUT", "UploadPart"), ("POST", "CompleteMultipartUpload"), ("DELETE", "AbortMultipartUpload")),
        Route("uploads", ("POST", "CreateMultipartUpload")),
    ];

    /// <summary>What S3 has, and LocalCloud has not.</summary>
    private static readonly string[] Lacking =
    [
        "abac", "analytics", "intelligent-tiering", "inventory", "legal-hold", "metadataConfiguration", "metadataInventoryTable", "metadataJournalTable",
        "metadataTable", "metrics", "renameObject", "restore", "retention", "select", "session", "torrent",
    ];

    /// <exception cref="ServiceException">S3 has no such operation, or LocalCloud has not.</exception>
    public static string ActionOf(HttpRequest request, S3Address address, Form query)
    {
        var method = request.Method;
        if (address.Bucket is null)
        {
            return method == "GET" && address.Key is null ? "ListBuckets" : throw S3Error.MethodNotAllowed();
        }

        if (method == Preflight)
        {
            return Preflight;
        }

        foreach (var (parameter, actions) in address.Key is null ? OfBucket : OfObject)
        {
            if (query[parameter] is not null)
            {
                return actions.TryGetValue(method, out var action) ? Copied(action, request)
                    : method is "PUT" or "POST" or "DELETE" ? throw S3Error.NotImplemented($"{method} ?{parameter}") : throw S3Error.MethodNotAllowed();
            }
        }

        return Lacking.FirstOrDefault(parameter => query[parameter] is not null) is { } lacking ? throw S3Error.NotImplemented($"?{lacking}")
            : address.Key is null ? BucketAction(method, query)
            : ObjectAction(method, request);
    }

    private static string BucketAction(string method, Form query) => method switch
    {
        "GET" => query["list-type"] == "2" ? "ListObjectsV2" : "ListObjects",
        "HEAD" => "HeadBucket",
        "PUT" => "CreateBucket",
        "DELETE" => "DeleteBucket",
        "POST" => throw S3Error.NotImplemented("upload by browser forms (POST object)"),
        _ => throw S3Error.MethodNotAllowed(),
    };

    private static string ObjectAction(string method, HttpRequest request) => method switch
    {
        "GET" => "GetObject",
        "HEAD" => "HeadObject",
        "PUT" => Copied("PutObject", request),
        "DELETE" => "DeleteObject",
        _ => throw S3Error.MethodNotAllowed(),
    };

    private static string Copied(string action, HttpRequest request) => !request.Headers.ContainsKey("x-amz-copy-source") ? action : action switch
    {
        "PutObject" => "CopyObject",
        "UploadPart" => "UploadPartCopy",
        _ => action,
    };

    private static (string, FrozenDictionary<string, string>) Route(string parameter, params (string Method, string Action)[] actions) =>
        (parameter, actions.ToFrozenDictionary(route => route.Method, route => route.Action, StringComparer.Ordinal));
}
