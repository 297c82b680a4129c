namespace Messaging.Consuming;

/// <summary>One batch on its way: its lanes, run side by side on threads of the pool, and what became of each delivery.</summary>
internal sealed class BatchRun
{
    private readonly Consumer _consumer;
    private readonly Lane _lane;
    private readonly IReadOnlyList<IReadOnlyList<Delivery>> _lanes;
    private readonly int _concurrency;
    private readonly Settle _settle;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _abandoned;
    private readonly TaskCompletionSource _ended = new();
    private readonly Lock _gate = new();
    private readonly Outcome[] _outcomes;
    private int _workers;
    private int _started;
    private int _finished;
    private bool _closed;

    public BatchRun(Consumer consumer, Lane lane, IReadOnlyList<IReadOnlyList<Delivery>> lanes, int deliveries, int concurrency, CancellationToken cancellationToken)
    {
        (_consumer, _lane, _lanes, _concurrency, _settle) = (consumer, lane, lanes, concurrency, Settle);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _outcomes = new Outcome[deliveries];
    }

    private enum State : byte
    {
        Unsettled,
        Acknowledged,
        Returned,
    }

    /// <summary>True once no lane runs and none will: nothing reads the deliveries any more.</summary>
    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Starts the lanes.</summary>
    public void Start()
    {
        if (_lanes.Count == 0)
            _ended.SetResult();
        else
            StartWorker();
    }

    /// <summary>Waits for the last lane, but no longer than this.</summary>
    /// <returns>Whether all lanes have ended.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        await _ended.Task.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return HasEnded;
    }

    /// <summary>Cancels the handlers that run. What has not started is handed back.</summary>
    public void Stop() => _ = CancelAsync(_stop);

    /// <summary>Nobody waits any more: what comes from now on is neither sent nor settled.</summary>
    /// <returns>What must come back.</returns>
    public BatchOutcome Close()
    {
        lock (_gate)
            _closed = true;
        if (HasEnded)
        {
            _stop.Dispose();
            _abandoned.Dispose();
        }
        else
        {
            _ = CancelAsync(_abandoned);
        }

        var outcome = new BatchOutcome();
        for (var i = 0; i < _lanes.Count; i++)
            Collect(_lanes[i], outcome, mayRun: i < Volatile.Read(ref _started));
        return outcome;
    }

    private void Collect(IReadOnlyList<Delivery> lane, BatchOutcome outcome, bool mayRun)
    {
        foreach (var delivery in lane)
        {
            switch (_outcomes[delivery.Position])
            {
                case { State: State.Returned } returned:
                    outcome.Returned.Add(new(delivery, returned.Delay));
                    break;
                case { State: State.Unsettled } when mayRun:
                    // Its handler may still have its effect: the queue's own visibility timeout keeps it from running twice at a time.
                    outcome.Abandoned.Add(delivery);
                    mayRun = false;
                    break;
                case { State: State.Unsettled }:
                    outcome.Returned.Add(new(delivery, TimeSpan.Zero));
                    break;
            }
        }
    }

    private void StartWorker()
    {
        if (Interlocked.Increment(ref _workers) <= Math.Min(_concurrency, _lanes.Count))
            ThreadPool.QueueUserWorkItem(static run => _ = run.WorkAsync(), this, preferLocal: false);
    }

    private async Task WorkAsync()
    {
        // The next worker starts before this one's first lane: a handler that blocks its thread must not keep other lanes from starting.
        if (Volatile.Read(ref _started) < _lanes.Count)
            StartWorker();
        while (Interlocked.Increment(ref _started) is var number && number <= _lanes.Count)
        {
            try
            {
                await _lane.RunAsync(_lanes[number - 1], _settle, _stop.Token, _abandoned.Token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever it is, what the lane has not settled comes back, and the other lanes go on.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _consumer.Logger.LaneFailed(e, _consumer.Name);
            }

            if (Interlocked.Increment(ref _finished) == _lanes.Count)
                _ended.SetResult();
        }
    }

    private void Settle(Delivery delivery, TimeSpan? returnAfter)
    {
        lock (_gate)
        {
            if (!_closed)
                _outcomes[delivery.Position] = returnAfter is { } delay ? new(State.Returned, delay) : new(State.Acknowledged, default);
        }
    }

    // In the background, for what handlers hang on a token may block or throw: neither may keep the batch from its answer.
    private async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            _consumer.Logger.CancellationFailed(e, _consumer.Name);
        }
    }

    private readonly record struct Outcome(State State, TimeSpan Delay);
}
