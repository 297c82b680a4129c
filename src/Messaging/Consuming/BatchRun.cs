namespace Messaging.Consuming;

/// <summary>One batch on its way: its lanes, run side by side on threads of the pool.</summary>
internal sealed class BatchRun
{
    private readonly Consumer _consumer;
    private readonly Lane _lane;
    private readonly IReadOnlyList<IReadOnlyList<Delivery>> _lanes;
    private readonly int _mostWorkers;
    private readonly DeliveryOutcomes _outcomes;
    private readonly Settle _settle;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _abandoned;
    private readonly TaskCompletionSource _ended = new();
    private int _workers;
    private int _started;
    private int _finished;

    /// <summary>Starts the lanes, at most <paramref name="concurrency"/> at a time.</summary>
    public BatchRun(Consumer consumer, Lane lane, IReadOnlyList<IReadOnlyList<Delivery>> lanes, DeliveryOutcomes outcomes, int concurrency, CancellationToken cancellationToken)
    {
        (_consumer, _lane, _lanes, _mostWorkers) = (consumer, lane, lanes, Math.Min(concurrency, lanes.Count));
        (_outcomes, _settle) = (outcomes, outcomes.Settle);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (lanes.Count == 0)
            _ended.SetResult();
        else
            StartWorker();
    }

    /// <summary>True once no lane runs and none will: nothing reads the deliveries any more.</summary>
    public bool HasEnded => _ended.Task.IsCompleted;

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
        var outcome = _outcomes.Close(_lanes, Volatile.Read(ref _started));
        if (HasEnded)
        {
            _stop.Dispose();
            _abandoned.Dispose();
        }
        else
        {
            _ = CancelAsync(_abandoned);
        }

        return outcome;
    }

    private void StartWorker()
    {
        if (Interlocked.Increment(ref _workers) <= _mostWorkers)
            ThreadPool.QueueUserWorkItem(static run => _ = run.WorkAsync(), this, preferLocal: false);
    }

    private async Task WorkAsync()
    {
        // The next worker starts before this one's first lane: a handler that blocks its thread must not keep other lanes from starting.
        if (Volatile.Read(ref _started) < _lanes.Count)
            StartWorker();
        while (Interlocked.Increment(ref _started) is var number && number <= _lanes.Count)
        {
            await RunAsync(_lanes[number - 1]).ConfigureAwait(false);
            if (Interlocked.Increment(ref _finished) == _lanes.Count)
                _ended.SetResult();
        }
    }

    private async ValueTask RunAsync(IReadOnlyList<Delivery> deliveries)
    {
        try
        {
            await _lane.RunAsync(deliveries, _settle, _stop.Token, _abandoned.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, what the lane has not settled comes back, and the other lanes go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _consumer.Logger.LaneFailed(e, _consumer.Name);
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
}
