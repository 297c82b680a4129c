namespace Messaging.Telemetry;

/// <summary>What was measured of one consumer, type and verdict since the last line. Not for several threads at once.</summary>
internal sealed class EmfSeries(string consumer, string? type, string? verdict)
{
    /// <summary>The format's bound on an array of values.</summary>
    public const int MostValues = 100;

    private readonly double[] _sums = new double[EmfMetric.All.Length];
    private readonly List<double>?[] _values = new List<double>?[EmfMetric.All.Length];

    public string Consumer { get; } = consumer;

    public string? Type { get; } = type;

    public string? Verdict { get; } = verdict;

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
        if (!metric.IsDistribution)
        {
            _sums[metric.Index] += value;
            return true;
        }

        var values = _values[metric.Index] ??= [];
        values.Add(Math.Round(value, 6));
        return values.Count < MostValues;
    }

    public bool Has(EmfMetric metric) => metric.IsDistribution ? _values[metric.Index] is { Count: > 0 } : _sums[metric.Index] > 0;

    public double Sum(EmfMetric metric) => _sums[metric.Index];

    public IReadOnlyList<double> Values(EmfMetric metric) => _values[metric.Index] ?? [];

    /// <summary>Begins anew, and keeps the memory.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        foreach (var values in _values)
            values?.Clear();
        Reasons.Clear();
        Errors.Clear();
        IsEmpty = true;
    }
}
