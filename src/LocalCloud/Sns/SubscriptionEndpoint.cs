namespace LocalCloud.Sns;

/// <summary>Which endpoints may subscribe to which topics.</summary>
internal static class SubscriptionEndpoint
{
    private const int LongestAddress = 320;
    private const int LongestEndpoint = 2048;

    // Mails go to the mailbox.
    private static readonly string[] Protocols = ["sqs", "lambda", "http", "https", "email", "email-json"];

    /// <exception cref="Http.ServiceException">The protocol is not delivered to, or the endpoint does not fit it or the topic.</exception>
    public static void Check(Topic topic, string protocol, string endpoint)
    {
        if (!Protocols.Contains(protocol))
        {
            throw SnsError.InvalidParameter($"Protocol Reason: '{protocol}' is none that LocalCloud delivers to: use sqs, lambda, http, https, email or email-json");
        }

        if (endpoint.Length > LongestEndpoint)
        {
            throw SnsError.InvalidParameter($"Endpoint Reason: it has at most {LongestEndpoint} characters");
        }

        if (topic.IsFifo && protocol != "sqs")
        {
            throw SnsError.InvalidParameter("Protocol Reason: a FIFO topic delivers to sqs only");
        }

        if (protocol is not ("sqs" or "lambda") && topic.MaximumMessageSize > Limits.PublishBytes)
        {
            throw SnsError.InvalidParameter($"Protocol Reason: a topic whose MaximumMessageSize is more than {Limits.PublishBytes} delivers to sqs and lambda only");
        }

        if (protocol is "http" or "https" && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme == protocol))
        {
            throw SnsError.InvalidParameter($"Endpoint Reason: it must be a URL that begins with {protocol}://");
        }

        if (protocol is "email" or "email-json" && (endpoint.Length > LongestAddress || endpoint.IndexOf('@', StringComparison.Ordinal) is < 1))
        {
            throw SnsError.InvalidParameter("Email address");
        }

        if (protocol == "sqs" && !endpoint.StartsWith("arn:aws:sqs:", StringComparison.Ordinal))
        {
            throw SnsError.InvalidParameter("SQS endpoint ARN");
        }

        if (protocol == "lambda" && endpoint.Split(':') is not ["arn", _, "lambda", _, _, "function", ..])
        {
            throw SnsError.InvalidParameter("Lambda endpoint ARN");
        }

        if (protocol == "sqs" && !topic.IsFifo && endpoint.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw SnsError.InvalidParameter("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
        }
    }
}
