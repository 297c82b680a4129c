using Microsoft.Extensions.Logging;

namespace LocalCloud.S3;

internal static partial class S3Log
{
    [LoggerMessage(40, LogLevel.Warning, "Event {Event} of bucket {Bucket} is lost, as {Destination} does not take it: {Reason}")]
    public static partial void EventLost(ILogger logger, string @event, string bucket, string destination, string reason);

    [LoggerMessage(41, LogLevel.Warning, "Bucket {LogicalId} of stack {Stack} goes without its {Property}: LocalCloud's S3 does not have that")]
    public static partial void PropertyIgnored(ILogger logger, string logicalId, string stack, string property);
}
