namespace Messaging.Telemetry;

/// <summary>How an instrument's measurements become a CloudWatch metric.</summary>
/// <param name="Instrument">The instrument's name.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Unit">One of CloudWatch's units.</param>
/// <param name="Kind">What is told of the values.</param>
/// <param name="Dimensions">What CloudWatch tells it by: each combination of their values is a metric that is paid for.</param>
internal sealed record EmfMetric(string Instrument, string Name, string Unit, EmfKind Kind, IReadOnlyList<string> Dimensions)
{
    private static readonly string[] ByVerdict = ["Consumer", "Type", "Verdict"];
    private static readonly string[] ByConsumer = ["Consumer"];
    private static readonly string[] ByDestination = ["Destination"];

    public static readonly EmfMetric[] All = [.. new EmfMetric[]
    {
        new(InstrumentNames.Consumed, "Messages", "Count", EmfKind.Sum, ByVerdict),
        new(InstrumentNames.Duration, "Duration", "Seconds", EmfKind.Distribution, ByVerdict),
        new(InstrumentNames.Attempts, "Attempts", "Count", EmfKind.Distribution, ByConsumer),
        new(InstrumentNames.Age, "Age", "Seconds", EmfKind.Distribution, ByConsumer),
        new(InstrumentNames.Lag, "Lag", "Seconds", EmfKind.Distribution, ByConsumer),
        new(InstrumentNames.Duplicates, "Duplicates", "Count", EmfKind.Sum, ByConsumer),
        new(InstrumentNames.DeadLetterFailures, "DeadLetterFailures", "Count", EmfKind.Sum, ByConsumer),
        new(InstrumentNames.Published, "OutboxPublished", "Count", EmfKind.Sum, ByDestination),
        new(InstrumentNames.PublishFailures, "OutboxFailed", "Count", EmfKind.Sum, ByDestination),
        new(InstrumentNames.OutboxParked, "OutboxParked", "Count", EmfKind.Sum, ByDestination),
        new(InstrumentNames.OutboxWaiting, "OutboxWaiting", "Count", EmfKind.Last, ByDestination),
        new(InstrumentNames.OutboxOldestAge, "OutboxOldestAge", "Seconds", EmfKind.Last, ByDestination),
    }.Select((metric, index) => metric with { Index = index })];

    /// <summary>The combinations that a line can have metrics by.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> AllDimensions { get; } = [ByVerdict, ByConsumer, ByDestination];

    /// <summary>Its place in <see cref="All"/>.</summary>
    public int Index { get; private init; }
}
