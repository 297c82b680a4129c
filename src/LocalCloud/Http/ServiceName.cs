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

        return Scope(request.Headers.Authorization.ToString());
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

    // Authorization: AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …
    private static string? Scope(string authorization)
    {
        const string credential = "Credential=";
        var start = authorization.IndexOf(credential, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var rest = authorization[(start + credential.Length)..];
        var comma = rest.IndexOf(',', StringComparison.Ordinal);
        var parts = (comma < 0 ? rest : rest[..comma]).Split('/');
        return parts.Length >= 5 ? parts[^2] : null;
    }
}
