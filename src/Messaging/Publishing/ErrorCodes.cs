namespace Messaging.Publishing;

/// <summary>What error codes of SQS and SNS tell about a message.</summary>
internal static class ErrorCodes
{
    private const string Prefix = "AWS.SimpleQueueService.";

    private static readonly HashSet<string> BadMessage = new(StringComparer.Ordinal)
    {
        "InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "InvalidMessageContents", "InvalidAttributeValue", "BatchRequestTooLong",
    };

    private static readonly HashSet<string> Throttled = new(StringComparer.Ordinal)
    {
        "RequestThrottled", "RequestThrottledException", "Throttling", "ThrottlingException", "Throttled", "ThrottledException", "OverLimit",
        "RequestLimitExceeded", "TooManyRequestsException", "KmsThrottled", "KMSThrottling", "KMSThrottlingException",
    };

    /// <summary>What only another message could change. A refused key or policy is the sender's fault too, but one that somebody mends.</summary>
    public static bool IsBadMessage(string? code) => code is not null && BadMessage.Contains(Bare(code));

    /// <summary>Whether the service has too much to do; it may call that the sender's fault.</summary>
    public static bool IsThrottled(string code) => Throttled.Contains(code);

    /// <summary>A parameter that is refused with the whole call may as well be the address, which somebody mends.</summary>
    public static bool IsAboutBody(string? code) => code is not null && Bare(code) is ("InvalidMessageContents" or "BatchRequestTooLong");

    // SQS puts its old name before some of them.
    private static string Bare(string code) => code.StartsWith(Prefix, StringComparison.Ordinal) ? code[Prefix.Length..] : code;
}
