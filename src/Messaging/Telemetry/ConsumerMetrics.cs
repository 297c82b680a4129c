using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Messaging.Telemetry;

/// <summary>The instruments. Units as UCUM writes them.</summary>
internal static class ConsumerMetrics
{
    private static readonly InstrumentAdvice<double> Durations = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] };

    // A message may wait for 14 days in a queue, and for as long again behind a redrive.
    private static readonly InstrumentAdvice<double> Waits = new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 21_600, 86_400, 604_800, 1_209_600] };
    private static readonly InstrumentAdvice<long> Counts = new() { HistogramBucketBoundaries = [1, 2, 3, 4, 5, 7, 10, 20, 50, 100] };

    public static Counter<long> Consumed { get; } = MessagingTelemetry.Meter.CreateCounter<long>(
        InstrumentNames.Consumed, "{message}", "Messages that were delivered to the consumer.");

    public static Histogram<double> Duration { get; } = MessagingTelemetry.Meter.CreateHistogram(
        InstrumentNames.Duration, "s", "From the decoding of a message to its verdict.", null, Durations);

    public static Histogram<long> Attempts { get; } = MessagingTelemetry.Meter.CreateHistogram(
        InstrumentNames.Attempts, "{attempt}", "How often the queue had handed the message out, this time included.", null, Counts);

    public static Histogram<double> Age { get; } = MessagingTelemetry.Meter.CreateHistogram(
        InstrumentNames.Age, "s", "From the time in the envelope to the handling.", null, Waits);

    public static Histogram<double> Lag { get; } = MessagingTelemetry.Meter.CreateHistogram(
        InstrumentNames.Lag, "s", "From the queue's acceptance of the message to the handling.", null, Waits);

    public static UpDownCounter<long> Active { get; } = MessagingTelemetry.Meter.CreateUpDownCounter<long>(
        InstrumentNames.Active, "{message}", "Messages that are being handled.");

    public static Counter<long> Verdicts { get; } = MessagingTelemetry.Meter.CreateCounter<long>(
        InstrumentNames.Verdicts, "{verdict}", "Verdicts other than done, by reason.");

    public static Counter<long> Duplicates { get; } = MessagingTelemetry.Meter.CreateCounter<long>(
        InstrumentNames.Duplicates, "{message}", "Messages that the inbox had seen before.");

    public static Counter<long> DeadLetterFailures { get; } = MessagingTelemetry.Meter.CreateCounter<long>(
        InstrumentNames.DeadLetterFailures, "{message}", "Messages that the dead-letter queue did not take; they stay in their queue.");

    /// <summary>Whether anybody listens to what a message tells.</summary>
    public static bool Enabled =>
        Consumed.Enabled || Duration.Enabled || Attempts.Enabled || Age.Enabled || Lag.Enabled || Active.Enabled || Verdicts.Enabled;

    /// <summary>Counts a message that the inbox absorbed, and says so on its span.</summary>
    public static void DuplicateAbsorbed(string consumer)
    {
        if (Activity.Current is { } activity && activity.Source == MessagingTelemetry.Source)
            activity.SetTag(Names.Duplicate, true);
        if (Duplicates.Enabled)
            Duplicates.Add(1, new KeyValuePair<string, object?>(Names.ConsumerGroup, consumer));
    }

    /// <summary>Counts a message that the dead-letter queue did not take.</summary>
    public static void DeadLetterFailed(string consumer, Exception exception)
    {
        if (DeadLetterFailures.Enabled)
            DeadLetterFailures.Add(1, new(Names.ConsumerGroup, consumer), new(Names.ErrorType, exception.GetType().FullName));
    }
}
