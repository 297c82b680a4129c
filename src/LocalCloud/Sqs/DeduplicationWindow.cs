using LocalCloud.Persistence;

namespace LocalCloud.Sqs;

/// <summary>What was sent in the last five minutes, by deduplication id. Not thread-safe: its owner's lock guards it.</summary>
internal sealed class DeduplicationWindow<T>
{
    /// <summary>Milliseconds.</summary>
    public static readonly long Window = (long)TimeSpan.FromMinutes(5).TotalMilliseconds;

    private readonly Dictionary<(string? Group, string Id), T> _seen = [];
    private readonly Queue<(long Until, (string? Group, string Id) Key)> _order = new();

    public bool IsFull => _seen.Count >= Limits.DeduplicationIds;

    /// <param name="group">The group when ids count per group only, else null.</param>
    /// <param name="id">The deduplication id.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    /// <param name="first">What was remembered at the first use of the id.</param>
    public bool TryGet(string? group, string id, long now, out T first)
    {
        while (_order.TryPeek(out var oldest) && oldest.Until <= now)
        {
            _seen.Remove(oldest.Key);
            _order.Dequeue();
        }

        return _seen.TryGetValue((group, id), out first!);
    }

    public void Add(string? group, string id, long now, T value)
    {
        _seen.Add((group, id), value);
        _order.Enqueue((now + Window, (group, id)));
    }

    /// <summary>What is remembered, the oldest first.</summary>
    public Remembered<T>[] Entries() => [.. _order.Select(entry => new Remembered<T>(entry.Key.Group, entry.Key.Id, entry.Until, _seen[entry.Key]))];

    public void Restore(IEnumerable<Remembered<T>> entries)
    {
        foreach (var entry in entries.OrderBy(entry => entry.Until))
        {
            _seen[(entry.Group, entry.Id)] = entry.Value;
            _order.Enqueue((entry.Until, (entry.Group, entry.Id)));
        }
    }
}
