namespace Messaging.Telemetry;

/// <summary>How an instrument's measurements become a CloudWatch metric.</summary>
/// <param name="Instrument">The instrument's name.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Unit">One of CloudWatch's units.</param>
/// <param name="IsDistribution">Whether every value is told, or their sum.</param>
/// <param name="ByVerdict">Whether CloudWatch tells it by consumer, type and verdict, or by consumer alone: each combination is a metric that is paid for.</param>
internal sealed record EmfMetric(string Instrument, string Name, string Unit, bool IsDistribution, bool ByVerdict)
{
    public static readonly EmfMetric[] All = [.. new EmfMetric[]
    {
        new(InstrumentNames.Consumed, "Messages", "Count", IsDistribution: false, ByVerdict: true),
        new(InstrumentNames.Duration, "Duration", "Seconds", IsDistribution: true, ByVerdict: true),
        new(InstrumentNames.Attempts, "Attempts", "Count", IsDistribution: true, ByVerdict: false),
        new(InstrumentNames.Age, "Age", "Seconds", IsDistribution: true, ByVerdict: false),
        new(InstrumentNames.Lag, "Lag", "Seconds", IsDistribution: true, ByVerdict: false),
        new(InstrumentNames.Duplicates, "Duplicates", "Count", IsDistribution: false, ByVerdict: false),
        new(InstrumentNames.DeadLetterFailures, "DeadLetterFailures", "Count", IsDistribution: false, ByVerdict: false),
    }.Select((metric, index) => metric with { Index = index })];

    /// <summary>Its place in <see cref="All"/>.</summary>
    public int Index { get; private init; }
}
