using Microsoft.Extensions.Logging;

namespace LocalCloud.S3;

internal static partial class S3Log
{
    [LoggerMessage(40, LogLevel.Warning, "Event {Event} of bucket {Bucket} is lost: {Destination} does not take it")]
    public static partial void EventLost(ILogger logger, string @event, string bucket, string destination);
}
