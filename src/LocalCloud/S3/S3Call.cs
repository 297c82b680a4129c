using LocalCloud.Http;
using LocalCloud.Kms;
using LocalCloud.S3.Content;
using LocalCloud.S3.Objects;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.S3;

/// <summary>One request to S3, as its operation sees it.</summary>
internal sealed class S3Call(S3Service s3, Call call, S3Address address, Form query)
{
    public S3Service S3 { get; } = s3;

    public BucketStore Store => S3.Store;

    public DateTimeOffset Now => S3.Options.Time.GetUtcNow();

    public string RequestId => call.RequestId;

    /// <summary>The ARN of who calls.</summary>
    public string Principal => call.Caller.Arn;

    public string Method => call.Http.Request.Method;

    /// <summary>Of the object; only for operations on objects.</summary>
    public string Key => address.Key!;

    public string BucketName => address.Bucket!;

    public Form Query { get; } = query;

    /// <summary>From the query; null for the latest.</summary>
    public string? VersionId => Query["versionId"] is { Length: > 0 } id ? id : null;

    /// <summary>Where the client found the service.</summary>
    public string BaseUrl => call.BaseUrl;

    /// <summary>The region that the client signed for: each is an endpoint of its own at AWS.</summary>
    public string Region => ServiceName.CredentialScope(call.Http.Request)?[^3] ?? S3.Options.Region;

    public IHeaderDictionary Headers => call.Http.Request.Headers;

    public byte[] Body => call.Body;

    /// <summary>Null when it is absent or empty.</summary>
    public string? Header(string name) => call.Http.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>The bucket that the request names.</summary>
    /// <exception cref="ServiceException">There is none, or it is not of the account that the client expects.</exception>
    public Bucket Bucket()
    {
        var bucket = S3.Bucket(BucketName);
        return Header("x-amz-expected-bucket-owner") is { } owner && owner != S3.Options.AccountId ? throw S3Error.AccessDenied() : bucket;
    }

    /// <summary>Lets the call go on only if its caller may do that to the bucket, or to an object in it. The action is without <c>s3:</c>.</summary>
    public void Demand(string action, Bucket bucket, string? key = null) =>
        call.Demand(
            "s3:" + action,
            key is null ? bucket.Arn : $"{bucket.Arn}/{key}",
            bucket.Settings.Policy,
            call.Caller.IsRoot ? null : key is null ? S3Keys.OfListing(Query) : S3Keys.OfObject(Headers, VersionId));

    /// <summary>The same of the account.</summary>
    public void Demand(string action, string resource = "*") => call.Demand("s3:" + action, resource);

    /// <summary>Why the caller may not use the key like that for what has this ARN; null when it may.</summary>
    public string? Refusal(string action, KmsKey key, string arn) =>
        call.Refusal(action, key.Arn, key.Policy, KeyUse.Context(ServiceName.S3, "aws:s3:arn", arn, call.Options));

    /// <summary>The body, out of its chunks and checked.</summary>
    public RequestContent Content(bool ofBody = true) => RequestContent.Read(call.Http.Request, call.Body, ofBody);

    /// <summary>A header for the answer even if it is an error.</summary>
    public void Say(string header, string value) => call.Http.Response.Headers[header] = value;

    /// <summary>Tells whoever wants to hear of it. The event's name is without <c>s3:</c>.</summary>
    public void Send(Bucket bucket, ObjectVersion version, string name) => S3.Events.Send(new(
        bucket, version, name, call.RequestId, "AWS:" + call.Caller.Arn, call.Http.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1"));
}
