namespace Messaging.Telemetry;

/// <summary>
/// Reasons as values of a metric's attribute. A reason is free text, and an id in it would make every message a time series of its own: so a
/// consumer has a bounded number of them in the life of a process, the first that come, and the rest is <c>other</c>. Keep ids and numbers
/// out of reasons that are to be told apart.
/// </summary>
internal sealed class ReasonNames
{
    public const int Most = 50;
    public const int Longest = 100;
    public const string Other = "other";

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The reason, cut to <see cref="Longest"/> characters, or <see cref="Other"/>.</summary>
    public string Of(string reason)
    {
        var text = reason.AsSpan(0, Math.Min(reason.Length, Longest));
        lock (_lock)
        {
            if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known))
                return known;
            if (_known.Count >= Most)
                return Other;
            var name = text.ToString();
            _known.Add(name);
            return name;
        }
    }
}
