using System.Collections.Concurrent;
using LocalCloud.Templates;

namespace Local.Observation;

/// <summary>Something that happened because of a booking.</summary>
internal sealed record TimelineEntry(DateTimeOffset At, string Step, string Detail);

/// <summary>What the functions were called for, by booking. In memory and bounded: the oldest bookings are forgotten first.</summary>
internal sealed class Timeline
{
    private const int MostBookings = 10_000;
    private const int MostEntries = 200;

    private readonly ConcurrentDictionary<Guid, List<TimelineEntry>> _entries = new();
    private readonly ConcurrentQueue<Guid> _order = new();

    /// <summary>Takes an invocation apart, message by message.</summary>
    public void Add(Invocation invocation)
    {
        foreach (var (booking, entry) in InvocationReader.Read(invocation))
            Add(booking, entry);
    }

    /// <summary>What happened, oldest first. Empty where nothing is known.</summary>
    public IReadOnlyList<TimelineEntry> Of(Guid booking)
    {
        if (!_entries.TryGetValue(booking, out var entries))
            return [];
        lock (entries)
            return [.. entries.OrderBy(e => e.At)];
    }

    private void Add(Guid booking, TimelineEntry entry)
    {
        var entries = _entries.GetOrAdd(booking, id =>
        {
            _order.Enqueue(id);
            return [];
        });
        lock (entries)
        {
            if (entries.Count < MostEntries)
                entries.Add(entry);
        }

        while (_entries.Count > MostBookings && _order.TryDequeue(out var oldest))
            _entries.TryRemove(oldest, out _);
    }
}
