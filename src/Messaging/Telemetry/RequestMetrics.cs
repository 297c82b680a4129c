using System.Diagnostics.Metrics;

namespace Messaging.Telemetry;

/// <summary>The instrument of those who ask.</summary>
internal static class RequestMetrics
{
    public static Counter<long> Replies { get; } = MessagingTelemetry.Meter.CreateCounter<long>(
        InstrumentNames.DroppedReplies, "{message}", "Replies that nobody waited for, by cause: late, unexpected or unreadable.");

    public static void Dropped(string queue, string cause) => Replies.Add(1, new(Names.Destination, queue), new(Names.Cause, cause));
}
