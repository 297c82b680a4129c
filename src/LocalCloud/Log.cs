using Microsoft.Extensions.Logging;

namespace LocalCloud;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Request {RequestId} ({Method}) failed unexpectedly")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string requestId, string method);

    [LoggerMessage(2, LogLevel.Information, "Listening on {Endpoint}")]
    public static partial void Listening(ILogger logger, Uri endpoint);

    [LoggerMessage(3, LogLevel.Warning, "Delivery of {MessageId} to subscription {SubscriptionArn} failed: {Reason}")]
    public static partial void DeliveryFailed(ILogger logger, string messageId, string subscriptionArn, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Message {MessageId} of subscription {SubscriptionArn} is lost: it could not be delivered, and no dead-letter queue takes it: {Reason}")]
    public static partial void DeliveryLost(ILogger logger, string messageId, string subscriptionArn, string reason);

    [LoggerMessage(5, LogLevel.Critical, "The journal {File} cannot be written: nothing is acknowledged any more. Make room or mend the disk, then start again")]
    public static partial void JournalFailed(ILogger logger, Exception exception, string file);

    [LoggerMessage(6, LogLevel.Warning, "The journal {File} ends in the middle of a record: its last {Bytes} bytes, which were never acknowledged, are dropped")]
    public static partial void JournalCutOff(ILogger logger, string file, long bytes);
}
