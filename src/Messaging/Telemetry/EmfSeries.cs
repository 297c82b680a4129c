namespace Messaging.Telemetry;

/// <summary>What was measured of one consumer, type and verdict, or of one destination of the outbox, since the last line. Not for several threads at once.</summary>
internal sealed class EmfSeries(EmfKey key)
{
    /// <summary>The format's bound on an array of values.</summary>
    public const int MostValues = 100;

    private readonly double?[] _numbers = new double?[EmfMetric.All.Length];
    private readonly List<double>?[] _values = new List<double>?[EmfMetric.All.Length];

    public EmfKey Key { get; } = key;

    public string? Queue { get; set; }

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Counts by reason and by kind of error: bounded, for the names are.</summary>
    public Dictionary<string, long> Reasons { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc cref="Reasons"/>
    public Dictionary<string, long> Errors { get; } = new(StringComparer.Ordinal);

    public static void Count(Dictionary<string, long> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    /// <summary>Adds a measurement.</summary>
    /// <returns>False where no further value fits: write the line.</returns>
    public bool Add(EmfMetric metric, double value)
    {
        IsEmpty = false;
        if (metric.Kind != EmfKind.Distribution)
        {
            _numbers[metric.Index] = metric.Kind == EmfKind.Sum ? value + (_numbers[metric.Index] ?? 0) : value;
            return true;
        }

        var values = _values[metric.Index] ??= [];
        values.Add(Math.Round(value, 6));
        return values.Count < MostValues;
    }

    public bool Has(EmfMetric metric) => metric.Kind == EmfKind.Distribution ? _values[metric.Index] is { Count: > 0 } : _numbers[metric.Index] is not null;

    public double Number(EmfMetric metric) => _numbers[metric.Index] ?? 0;

    public IReadOnlyList<double> Values(EmfMetric metric) => _values[metric.Index] ?? [];

    /// <summary>Begins anew, and keeps the memory.</summary>
    public void Clear()
    {
        Array.Clear(_numbers);
        foreach (var values in _values)
            values?.Clear();
        Reasons.Clear();
        Errors.Clear();
        IsEmpty = true;
    }
}
