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
        new("messaging.client.consumed.messages", "Messages", "Count", IsDistribution: false, ByVerdict: true),
        new("messaging.process.duration", "Duration", "Seconds", IsDistribution: true, ByVerdict: true),
        new("consumer.message.attempts", "Attempts", "Count", IsDistribution: true, ByVerdict: false),
        new("consumer.message.age", "Age", "Seconds", IsDistribution: true, ByVerdict: false),
        new("consumer.message.lag", "Lag", "Seconds", IsDistribution: true, ByVerdict: false),
        new("consumer.duplicates", "Duplicates", "Count", IsDistribution: false, ByVerdict: false),
        new("consumer.dead_letter.failures", "DeadLetterFailures", "Count", IsDistribution: false, ByVerdict: false),
    }.Select((metric, index) => metric with { Index = index })];

    /// <summary>Its place in <see cref="All"/>.</summary>
    public int Index { get; private init; }
}
