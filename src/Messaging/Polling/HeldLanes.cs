using Messaging.Consuming;

namespace Messaging.Polling;

/// <summary>Everything that is here, each FIFO group in a lane of its own, each message of a standard queue in one too.</summary>
internal sealed class HeldLanes(Lane lane, Settlement settlement, Room room, WorkerContext worker)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HeldLane> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<HeldLane, Task> _running = [];
    private int _held;
    private bool _draining;

    /// <summary>The lanes in which something runs or waits.</summary>
    public IReadOnlyList<HeldLane> Running
    {
        get
        {
            lock (_gate)
                return [.. _running.Keys];
        }
    }

    /// <summary>Ends when every lane that runs now has ended.</summary>
    public Task Ended
    {
        get
        {
            lock (_gate)
                return Task.WhenAll(_running.Values);
        }
    }

    /// <summary>Starts what was received, or hands it straight back when the worker is stopping.</summary>
    public void Add(IReadOnlyList<Held> messages, bool start)
    {
        Interlocked.Add(ref _held, messages.Count);
        lock (_gate)
        {
            if (start && !_draining)
            {
                // A group id on a standard queue spreads load between tenants and promises no order.
                if (worker.Options.IsFifo)
                {
                    foreach (var group in messages.GroupBy(m => m.Delivery.GroupId ?? "", StringComparer.Ordinal))
                        AddToGroup(group.Key, [.. group]);
                }
                else
                {
                    foreach (var message in messages)
                        Start(null, [message]);
                }

                return;
            }
        }

        foreach (var message in messages)
        {
            Leave(message);
            Settle(message, TimeSpan.Zero);
        }

        settlement.Flush();
    }

    /// <summary>Hands back what has not started, and from now on whatever arrives.</summary>
    public void HandBackWaiting()
    {
        lock (_gate)
            _draining = true;
        foreach (var held in Running)
            held.HandBackWaiting();
        settlement.Flush();
    }

    private void AddToGroup(string group, Held[] messages)
    {
        if (!_open.TryGetValue(group, out var open) || !open.TryAdd(messages))
            Start(group, messages);
    }

    private void Start(string? group, Held[] messages)
    {
        var started = new HeldLane(lane, Settle, Leave, worker);
        started.TryAdd(messages);
        if (group is not null)
            _open[group] = started;

        // On the pool: a handler that begins without awaiting anything must not keep the next receive waiting.
        _running[started] = Task.Run(() => RunAsync(group, started));
    }

    private async Task RunAsync(string? group, HeldLane started)
    {
        await started.RunAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _running.Remove(started);
            if (group is not null && _open.GetValueOrDefault(group) == started)
                _open.Remove(group);
        }
    }

    private void Leave(Held held)
    {
        Interlocked.Decrement(ref _held);
        room.Free(1);
    }

    // The next message of a FIFO group may wait for this answer: where no other answer is to be expected, it goes alone.
    private void Settle(Held held, TimeSpan? returnAfter) => settlement.Add(held, returnAfter, atOnce: worker.Options.IsFifo && Volatile.Read(ref _held) == 0);
}
