namespace LocalCloud.Http;

/// <summary>Finds out which service a request is for: by what only that service sends, then by the signature's scope.</summary>
internal static class ServiceName
{
    public const string Sqs = "sqs";
    public const string Sns = "sns";
    public const string Ses = "ses";
    public const string Sts = "sts";
    public const string Health = "health";

    public static string Of(Call call)
    {
        var request = call.Http.Request;
        if (request.Headers.TryGetValue("X-Amz-Target", out var target) && target.ToString().StartsWith("AmazonSQS.", StringComparison.Ordinal))
        {
            return Sqs;
        }

        var path = request.Path.Value ?? "/";
        if (path is "/health" or "/_localstack/health")
        {
            return Health;
        }

        if (path.StartsWith("/v2/email/", StringComparison.Ordinal))
        {
            return Ses;
        }

        if (path.StartsWith("/SimpleNotificationService-", StringComparison.Ordinal))
        {
            return Sns;
        }

        return Scope(request.Headers.Authorization.ToString()) ?? ByForm(call) ?? "unknown";
    }

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

    private static string? ByForm(Call call) => call.ReadForm() is not { } form || form["Action"] is not { } action ? null : form["Version"] switch
    {
        "2010-03-31" => Sns,
        "2011-06-15" => Sts,
        "2012-11-05" => Sqs,
        _ => action is "ConfirmSubscription" or "Unsubscribe" ? Sns : Sqs,
    };
}
