namespace LocalCloud.Sqs;

/// <content>The queues out of a journal, and all of them into one.</content>
internal sealed partial class SqsService
{
    /// <summary>Takes over what a journal had, before anybody calls.</summary>
    public void Restore(IEnumerable<Queue> queues, IReadOnlyDictionary<string, long> deleted, long lastKey, ulong lastSequenceNumber)
    {
        foreach (var queue in queues)
        {
            _queues[queue.Name] = queue;
        }

        foreach (var (name, at) in deleted)
        {
            _deleted[name] = DateTimeOffset.FromUnixTimeMilliseconds(at);
        }

        _lastKey = lastKey;
        _lastSequenceNumber = Math.Max(_lastSequenceNumber, lastSequenceNumber);
    }

    /// <summary>Records everything again, a queue after the other.</summary>
    public void Snapshot()
    {
        lock (_gate)
        {
            Journal!.Counters(_lastKey, Interlocked.Read(ref _lastSequenceNumber));
            foreach (var (name, at) in _deleted)
            {
                Journal.Deleted(0, name, at.ToUnixTimeMilliseconds());
            }
        }

        foreach (var queue in _queues.Values)
        {
            queue.Snapshot();
        }
    }
}
