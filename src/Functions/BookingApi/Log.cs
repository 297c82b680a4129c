using Microsoft.Extensions.Logging;

namespace Functions.BookingApi;

/// <summary>What the API logs: identifiers, never bodies.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The request {RouteKey} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string? routeKey);

    [LoggerMessage(2, LogLevel.Error, "The command for booking {BookingId} was not accepted: {Reason}")]
    public static partial void NotAccepted(this ILogger logger, Guid bookingId, string reason);
}
