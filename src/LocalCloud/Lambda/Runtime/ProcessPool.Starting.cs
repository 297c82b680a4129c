namespace LocalCloud.Lambda.Runtime;

/// <summary>How processes come and go: as many start as events wait for, and what dies is replaced.</summary>
internal sealed partial class ProcessPool
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>An event that waits shorter than this for a busy process is better off than with a new one, which takes longer to start.</summary>
    private static readonly TimeSpan ScaleOutPause = TimeSpan.FromMilliseconds(200);

    private int _launching;
    private int _failedStarts;

    private void Grow()
    {
        var coming = _launching + _all.Count(process => process.IsComing);
        for (var missing = _waiting.Count - coming; missing > 0 && _all.Count + _launching < _limit; missing--)
            Launch();
    }

    private void Launch()
    {
        _launching++;
        _ = Task.Run(LaunchAsync);
    }

    private async Task LaunchAsync()
    {
        try
        {
            await PauseAsync();
            if (Count > 0)
                await Task.Delay(ScaleOutPause, _stopping.Token);
            await starts.WaitAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        try
        {
            await WatchAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            lock (_gate)
                _launching--;
            StartFailed($"The process cannot be started: {e.Message}");
        }
    }

    /// <summary>From its start to its end; <c>starts</c> is given back when it asks for its first event.</summary>
    private async Task WatchAsync()
    {
        var initialized = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        FunctionProcess process;
        try
        {
            lock (_gate)
            {
                if (_stopping.IsCancellationRequested)
                    return;

                // What waited when this start was asked for may have found a process meanwhile: a start costs more than most events.
                if (_all.Count > 0 && _waiting.Count <= _all.Count(running => running.IsComing))
                {
                    _launching--;
                    return;
                }
                process = launch(ready =>
                {
                    initialized.TrySetResult();
                    Ready(ready);
                });
                _all.Add(process);
                _launching--;
            }
            LambdaLog.ProcessStarted(logger, function.Handler, process.Pid);
            await Task.WhenAny(initialized.Task, process.Ended);
        }
        finally
        {
            starts.Release();
        }
        await process.Ended;
        Gone(process);
    }

    private void Gone(FunctionProcess process)
    {
        lock (_gate)
        {
            _all.Remove(process);
            _idle.Remove(process);
        }
        LambdaLog.ProcessEnded(logger, function.Handler, process.Pid);
        if (process.IsInitialized || _stopping.IsCancellationRequested)
            Replace();
        else
            StartFailed(process.InitError);
        process.Dispose();
    }

    private void StartFailed(string reason)
    {
        LambdaLog.StartFailed(logger, function.Handler, reason);
        lock (_gate)
        {
            _failedStarts++;
            if (_waiting.TryDequeue(out var assignment))
                assignment.Complete(LambdaFailure.InitFailed(assignment.RequestId, reason));
        }
        Replace();
    }

    private void Replace()
    {
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
                return;
            Grow();
            if (!_retired && _limit > 0 && _all.Count + _launching == 0)
                Launch();
        }
    }

    private Task PauseAsync()
    {
        var failed = _failedStarts;
        if (failed == 0)
            return Task.CompletedTask;
        var pause = TimeSpan.FromMilliseconds(Math.Min(LongestPause.TotalMilliseconds, 100 * Math.Pow(2, Math.Min(failed, 10) - 1)));
        return Task.Delay(pause, _stopping.Token);
    }
}
