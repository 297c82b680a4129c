using Messaging.Hosting;

namespace Messaging.Consuming;

/// <summary>
/// One batch on its way. A thread of the pool starts its lanes one after the other, each as soon as the one before it waits or has ended: a
/// second thread would cost more than a short handler. Where a handler keeps the thread to itself, others come to help.
/// </summary>
internal sealed class BatchRun
{
    private static readonly TimeSpan UntilHelpComes = TimeSpan.FromMilliseconds(5);
    private readonly Consumer _consumer;
    private readonly Lane _lane;
    private readonly LaneRun[] _runs;
    private readonly int _mostWorkers;
    private readonly DeliveryOutcomes _outcomes;
    private readonly Settle _settle;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _abandoned;
    private readonly TaskCompletionSource _ended = new();
    private bool _helpComes;
    private int _workers;
    private int _started;
    private int _finished;

    /// <summary>Starts the lanes, at most <paramref name="concurrency"/> at a time.</summary>
    public BatchRun(Consumer consumer, Lane lane, IReadOnlyList<IReadOnlyList<Delivery>> lanes, DeliveryOutcomes outcomes, int concurrency, CancellationToken cancellationToken)
    {
        (_consumer, _lane, _mostWorkers) = (consumer, lane, Math.Min(concurrency, lanes.Count));
        (_outcomes, _settle) = (outcomes, outcomes.Settle);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _runs = new LaneRun[lanes.Count];
        for (var i = 0; i < _runs.Length; i++)
            _runs[i] = new(lanes[i], _stop.Token, _abandoned.Token);
        if (lanes.Count == 0)
            _ended.SetResult();
        else
            StartThread();
    }

    /// <summary>True once no lane runs and none will: nothing reads the deliveries any more.</summary>
    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Waits until every lane has ended, or has a thread to start on.</summary>
    public async Task GetGoingAsync()
    {
        // A matter of this machine's threads, whatever clock the messages go by.
        await _ended.Task.WaitAsync(UntilHelpComes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (HasEnded)
            return;
        PoolThreads.Allow(_mostWorkers);
        Volatile.Write(ref _helpComes, true);
        StartThread();
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
        // First, so that what a handler answers from now on is settled by nobody but whoever gives its message up.
        foreach (var run in _runs)
            run.Abandon();
        var outcome = _outcomes.Close(_runs, Volatile.Read(ref _started));
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

    private void StartThread() => ThreadPool.QueueUserWorkItem(static run => run.StartWorkers(), this, preferLocal: false);

    private void StartWorkers()
    {
        while (Volatile.Read(ref _started) < _runs.Length && Interlocked.Increment(ref _workers) <= _mostWorkers)
        {
            // Who helps may be held up just so: the next helper is on its way before.
            if (Volatile.Read(ref _helpComes))
                StartThread();
            _ = WorkAsync();
        }
    }

    private async Task WorkAsync()
    {
        while (Interlocked.Increment(ref _started) is var number && number <= _runs.Length)
        {
            await RunAsync(_runs[number - 1]).ConfigureAwait(false);
            if (Interlocked.Increment(ref _finished) == _runs.Length)
                _ended.SetResult();
        }
    }

    private async ValueTask RunAsync(LaneRun run)
    {
        try
        {
            await _lane.RunAsync(run, _settle).ConfigureAwait(false);
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
