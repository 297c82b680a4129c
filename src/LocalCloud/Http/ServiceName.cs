using Microsoft.AspNetCore.Http;

namespace LocalCloud.Http;

/// <summary>Finds out which service a request is for: by what only that service sends, then by the signature's scope.</summary>
internal static class ServiceName
{
    public const string Sqs = "sqs";
    public const string Sns = "sns";
    public const string Ses = "ses";
    public const string Sts = "sts";
    public const string S3 = "s3";
    public const string Kms = "kms";
    public const string Iam = "iam";
    public const string Lambda = "lambda";
    public const string DynamoDb = "dynamodb";
    public const string Kinesis = "kinesis";

    private static readonly (string Prefix, string Service)[] Targets =
    [
        ("AmazonSQS.", Sqs), ("TrentService.", Kms), ("DynamoDB_", DynamoDb), ("DynamoDBStreams_", DynamoDb), ("Kinesis_", Kinesis),
    ];

    private static readonly (string Prefix, string Service)[] Paths =
    [
        ("/v2/email/", Ses), ("/SimpleNotificationService-", Sns), ("/2015-03-31/", Lambda),
    ];

    /// <summary>By the head of a request; null when that does not say.</summary>
    public static string? Of(HttpRequest request)
    {
        // A bucket may have any name, those of other services' paths too.
        var scope = CredentialScope(request)?[^2];
        if (scope == S3)
        {
            return S3;
        }

        if (request.Headers.TryGetValue("X-Amz-Target", out var header))
        {
            var target = header.ToString();
            foreach (var (prefix, service) in Targets)
            {
                if (target.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return service;
                }
            }
        }

        var path = request.Path.Value ?? "/";
        foreach (var (prefix, service) in Paths)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return service;
            }
        }

        return scope;
    }

    /// <summary>By an unsigned form.</summary>
    public static string? Of(Form? form) => form?["Action"] is not { } action ? null : form["Version"] switch
    {
        "2010-03-31" => Sns,
        "2010-05-08" => Iam,
        "2011-06-15" => Sts,
        "2012-11-05" => Sqs,
        _ => action is "ConfirmSubscription" or "Unsubscribe" ? Sns : Sqs,
    };

    /// <summary>Key, date, region, service and <c>aws4_request</c>: of the signature in the header, or in the query of a presigned URL. Null without one.</summary>
    public static string[]? CredentialScope(HttpRequest request)
    {
        // Authorization: AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …
        const string credential = "Credential=";
        var authorization = request.Headers.Authorization.ToString();
        var start = authorization.IndexOf(credential, StringComparison.Ordinal);
        var rest = start < 0 ? request.Query["X-Amz-Credential"].ToString() : authorization[(start + credential.Length)..];
        var comma = rest.IndexOf(',', StringComparison.Ordinal);
        var parts = (comma < 0 ? rest : rest[..comma]).Split('/');
        return parts.Length >= 5 ? parts : null;
    }
}
