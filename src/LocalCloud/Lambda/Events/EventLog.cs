using Microsoft.Extensions.Logging;

namespace LocalCloud.Lambda.Events;

internal static partial class EventLog
{
    [LoggerMessage(230, LogLevel.Warning, "Function {Function}: event {RequestId} failed. It is tried again after {Seconds} s.")]
    public static partial void TriedAgain(ILogger logger, string function, string requestId, double seconds);

    [LoggerMessage(231, LogLevel.Error, "Function {Function}: event {RequestId} is lost ({Condition}): the function has neither an on-failure destination nor a dead-letter target.")]
    public static partial void Lost(ILogger logger, string function, string requestId, string condition);

    [LoggerMessage(232, LogLevel.Error, "Function {Function}: the outcome of event {RequestId} could not be sent to {Destination}: {Reason}")]
    public static partial void NotReported(ILogger logger, string function, string requestId, string destination, string reason);
}
