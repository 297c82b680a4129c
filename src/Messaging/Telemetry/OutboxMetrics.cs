using System.Diagnostics.Metrics;
using Messaging.Publishing;

namespace Messaging.Telemetry;

/// <summary>The instruments of the outbox; each measurement names the destination.</summary>
internal static class OutboxMetrics
{
    public static Counter<long> Published { get; } = MessagingTelemetry.Meter.CreateCounter<long>(
        InstrumentNames.Published, "{message}", "Messages of the outbox that their destination took.");

    public static Counter<long> Failed { get; } = MessagingTelemetry.Meter.CreateCounter<long>(
        InstrumentNames.PublishFailures, "{message}", "Messages of the outbox that were tried and did not get out, or may not have.");

    public static Counter<long> Parked { get; } = MessagingTelemetry.Meter.CreateCounter<long>(
        InstrumentNames.OutboxParked, "{message}", "Messages that the outbox gave up: they wait for somebody's decision.");

    public static Gauge<long> Waiting { get; } = MessagingTelemetry.Meter.CreateGauge<long>(
        InstrumentNames.OutboxWaiting, "{message}", "Messages that wait in the outbox and are due, counted up to 10,000 after each sweep.");

    public static Gauge<double> OldestAge { get; } = MessagingTelemetry.Meter.CreateGauge<double>(
        InstrumentNames.OutboxOldestAge, "s", "How long the oldest of them has been due.");

    /// <summary>Counts what a call brought.</summary>
    public static void Report(string destination, int published, IReadOnlyList<PublishFailure> failures)
    {
        var tag = Tag(destination);
        if (published > 0)
            Published.Add(published, tag);
        if (Failed.Enabled && failures.Count(f => f.Cause != PublishFailureCause.EarlierMessage) is > 0 and var failed)
            Failed.Add(failed, tag);
    }

    public static KeyValuePair<string, object?> Tag(string destination) => new(Names.Destination, destination);
}
