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
    private LaneRun? _run;
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
        while (Next() is var (held, run))
        {
            var settled = false;
            try
            {
                await lane.RunAsync(run, (_, returnAfter) => settled = End(held, returnAfter)).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it was, it must cost neither the slot nor the order.
            catch (Exception e)
#pragma warning restore CA1031
            {
                worker.Logger.LeftBehind(e, worker.Consumer, held.Delivery.MessageId, "what its verdict asks for failed");
            }

            if (!settled)
            {
                // It comes back by its visibility timeout, unless whoever abandoned it says otherwise, and those behind it must not overtake it.
                lock (_gate)
                    _heldBack ??= TimeSpan.Zero;
                leave(held);
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
            _run?.IsCutShort = _draining;
        return _stop.CancelAsync();
    }

    /// <summary>Gives the handler up: its message comes back by its visibility timeout, and no outcome counts. What waits is handed back at once.</summary>
    /// <param name="tookTooLong">
    /// True where the handler did not stop though its time was over: that is a failed attempt, and the last one makes a dead letter of the message. Not if it was
    /// stopped because the process ends.
    /// </param>
    public async Task AbandonAsync(bool tookTooLong = false)
    {
        Held? held;
        LaneRun? run;
        lock (_gate)
            (held, run) = (_running, _run);
        run?.Abandon();
        var cancelling = Task.WhenAll(_abandoned.CancelAsync(), _stop.CancelAsync());
        HandBackWaiting();
        if (tookTooLong && held is not null && run is { Unfinished: not null, IsCutShort: false })
            await GiveUpAsync(held, run).ConfigureAwait(false);
        await cancelling.ConfigureAwait(false);
    }

    // Only while the message is ours: afterwards somebody else may have it.
    private async Task GiveUpAsync(Held held, LaneRun run)
    {
        var left = held.VisibleAt - worker.Time.GetUtcNow();
        using var limit = new TimeLimit(left > TimeSpan.Zero ? left : TimeSpan.Zero, worker.Time, CancellationToken.None);
        if (await lane.GiveUpAsync(run, limit.Token).ConfigureAwait(false))
            settle(held, null);
        else
            worker.Logger.Abandoned(worker.Consumer, held.Delivery.MessageId);
    }

    // The next to handle. Those that must not be handled leave on the way.
    private (Held Held, LaneRun Run)? Next()
    {
        while (true)
        {
            Held? next;
            lock (_gate)
            {
                (_running, _run) = (null, null);
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
                    _run = new([next.Delivery], _stop.Token, _abandoned.Token);
                    return (next, _run);
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
