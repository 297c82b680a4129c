using Messaging.Consuming;

namespace Messaging.Polling;

/// <summary>
/// What is here of one FIFO group, handled in order, or one message of a standard queue. A message that must come back takes those behind it
/// along, those that arrive meanwhile included.
/// </summary>
/// <param name="lane">Handles one message.</param>
/// <param name="settle">Is told of each message once, unless it is lost: null, or the delay after which it comes back.</param>
/// <param name="leave">Is told of each message once, before that: it takes no room any more.</param>
/// <param name="worker">Clock and log.</param>
#pragma warning disable CA1001 // The heartbeat may cancel what has just ended; without timers there is nothing to dispose.
internal sealed class HeldLane(Lane lane, Action<Held, TimeSpan?> settle, Action<Held> leave, WorkerContext worker)
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly Queue<Held> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandoned = new();
    private Held? _running;
    private DateTimeOffset _runningSince;
    private TimeSpan? _heldBack;
    private bool _draining;
    private bool _ended;

    /// <summary>The message whose handler runs, and since when.</summary>
    public (Held Held, DateTimeOffset Since)? Running
    {
        get
        {
            lock (_gate)
                return _running is { } held ? (held, _runningSince) : null;
        }
    }

    /// <summary>All that is here, in order.</summary>
    public IReadOnlyList<Held> Held
    {
        get
        {
            lock (_gate)
                return _running is { } running ? [running, .. _waiting] : [.. _waiting];
        }
    }

    /// <summary>True once the handler was told to stop.</summary>
    public bool IsStopping => _stop.IsCancellationRequested;

    /// <summary>True once its outcome counts no more.</summary>
    public bool IsAbandoned => _abandoned.IsCancellationRequested;

    /// <summary>False where the lane has ended or is abandoned: then the messages need a new one.</summary>
    public bool TryAdd(IReadOnlyList<Held> messages)
    {
        lock (_gate)
        {
            if (_ended || IsAbandoned)
                return false;
            foreach (var held in messages)
                _waiting.Enqueue(held);
            return true;
        }
    }

    /// <summary>Handles what is here until there is nothing left. Never throws.</summary>
    public async Task RunAsync()
    {
        while (Next() is { } held)
        {
            var settled = false;
            try
            {
                await lane.RunAsync([held.Delivery], (_, returnAfter) => settled = End(held, returnAfter), _stop.Token, _abandoned.Token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it was, it must cost neither the slot nor the order.
            catch (Exception e)
#pragma warning restore CA1031
            {
                worker.Logger.LeftBehind(e, worker.Consumer, held.Delivery.MessageId, "what its verdict asks for failed");
            }

            if (!settled)
            {
                // It comes back by its visibility timeout, and those behind it must not overtake it.
                held.Lose();
                End(held, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Hands back what has not started; the handler that runs goes on.</summary>
    public void HandBackWaiting()
    {
        List<Held> waiting;
        lock (_gate)
        {
            _draining = true;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var held in waiting)
            End(held, TimeSpan.Zero);
    }

    /// <summary>Cancels the handler that runs; what waits is handed back after it.</summary>
    public Task StopAsync()
    {
        lock (_gate)
            _running?.Delivery.IsCutShort = _draining;
        return _stop.CancelAsync();
    }

    /// <summary>Gives the handler up: its message comes back by its visibility timeout, and no outcome counts. What waits is handed back at once.</summary>
    public Task AbandonAsync()
    {
        var cancelling = Task.WhenAll(_abandoned.CancelAsync(), _stop.CancelAsync());
        HandBackWaiting();
        return cancelling;
    }

    // The next to handle. Those that must not be handled leave on the way.
    private Held? Next()
    {
        while (true)
        {
            Held? next;
            lock (_gate)
            {
                _running = null;
                if (!_waiting.TryDequeue(out next))
                {
                    _ended = true;
                    return null;
                }

                if (next.VisibleAt <= worker.Time.GetUtcNow())
                    next.Lose();
                if (next.IsLost || IsStopping)
                    _heldBack ??= TimeSpan.Zero;
                if (_heldBack is null)
                {
                    (_running, _runningSince) = (next, worker.Time.GetUtcNow());
                    return next;
                }
            }

            End(next, _heldBack);
        }
    }

    private bool End(Held held, TimeSpan? returnAfter)
    {
        // What the end of the process cut short is not to blame for it: another worker may have it at once.
        if (returnAfter is not null && _draining && IsStopping)
            returnAfter = TimeSpan.Zero;
        lock (_gate)
            _heldBack ??= returnAfter;
        leave(held);
        if (!held.IsLost)
            settle(held, returnAfter);
        return true;
    }
}
