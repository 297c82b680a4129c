using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Lambda.Runtime;

/// <summary>
/// The processes of one function. An event goes to an idle process, or waits for the first that is free or started for it; a dead process is replaced,
/// after a pause that grows while processes die before they ask for an event. One stays warm; others end when idle for <see cref="IdleLimit"/>.
/// </summary>
internal sealed partial class ProcessPool(
    FunctionSettings function, Func<Action<FunctionProcess>, FunctionProcess> launch, SemaphoreSlim starts, ILogger logger) : IAsyncDisposable
{
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);

    /// <summary>Events that wait for a process; one more is throttled.</summary>
    public const int MaximumWaiting = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<Assignment> _waiting = new();
    private readonly List<FunctionProcess> _idle = [];
    private readonly HashSet<FunctionProcess> _all = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _retired;
    private int? _reserved = function.ReservedConcurrency;
    private int _asked = FunctionSettings.DefaultConcurrency;
    private int _limit = function.ReservedConcurrency ?? FunctionSettings.DefaultConcurrency;

    /// <summary>Room for the concurrency of an event-source mapping, unless the function reserves less.</summary>
    public void AllowConcurrency(int concurrency)
    {
        lock (_gate)
        {
            _asked = Math.Max(_asked, concurrency);
            _limit = _reserved ?? _asked;
        }
    }

    /// <summary>Changes the reserved concurrency; with 0 whatever waits is throttled, null reserves nothing.</summary>
    public void Reserve(int? concurrency)
    {
        lock (_gate)
        {
            _reserved = concurrency;
            _limit = _reserved ?? _asked;
            while (_limit == 0 && _waiting.TryDequeue(out var assignment))
                assignment.Complete(LambdaFailure.Throttled(assignment.RequestId));
            Grow();
        }
    }

    /// <summary>Starts the first process, so that the first event need not wait for it.</summary>
    /// <returns>Completes when a process has asked for its first event.</returns>
    public Task WarmAsync()
    {
        lock (_gate)
        {
            if (_limit > 0 && _all.Count + _launching == 0)
                Launch();
            return _limit > 0 ? _warm.Task : Task.CompletedTask;
        }
    }

    public void Submit(Assignment assignment)
    {
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
                assignment.Complete(LambdaFailure.ShuttingDown(assignment.RequestId));
            else if (_limit == 0 || _waiting.Count >= MaximumWaiting)
                assignment.Complete(LambdaFailure.Throttled(assignment.RequestId));
            else if (!TryIdle(assignment))
            {
                _waiting.Enqueue(assignment);
                Grow();
            }
        }
    }

    /// <summary>Processes that are there, busy or not.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    /// <summary>Keeps no idle process from now on: for a function that no event source calls. An event starts one again.</summary>
    public void Retire()
    {
        lock (_gate)
            _retired = true;
        Trim(TimeSpan.Zero);
    }

    /// <summary>Ends what has been idle for longer than that, but for the one that stays warm.</summary>
    public void Trim(TimeSpan idleLimit)
    {
        lock (_gate)
        {
            foreach (var process in _idle.Where(process => Stopwatch.GetElapsedTime(process.IdleSince) > idleLimit).Take(_all.Count - (_retired ? 0 : 1)).ToArray())
            {
                _idle.Remove(process);
                process.Terminate();
            }
        }
    }

    /// <summary>SIGTERM, and SIGKILL for what is still there after two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        FunctionProcess[] processes;
        lock (_gate)
        {
            _stopping.Cancel();
            processes = [.. _all];
            while (_waiting.TryDequeue(out var assignment))
                assignment.Complete(LambdaFailure.ShuttingDown(assignment.RequestId));
        }
        foreach (var process in processes)
            process.Terminate();
        var ended = Task.WhenAll(processes.Select(process => process.Ended));
        if (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(2))) != ended)
        {
            foreach (var process in processes)
                process.Kill();
        }
        await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(2)));
    }

    private bool TryIdle(Assignment assignment)
    {
        // The one used last is the warmest, and those at the front grow old enough to be trimmed.
        while (_idle.Count > 0)
        {
            var process = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            if (process.TryAssign(assignment))
                return true;
        }
        return false;
    }

    private void Ready(FunctionProcess process)
    {
        lock (_gate)
        {
            _failedStarts = 0;
            _warm.TrySetResult();
            while (_waiting.TryDequeue(out var assignment))
            {
                if (assignment.Result.IsCompleted)
                    continue;
                if (process.TryAssign(assignment))
                    return;
                _waiting.Enqueue(assignment);
                return;
            }
            if (_retired)
            {
                process.Terminate();
                return;
            }
            _idle.Remove(process);
            _idle.Add(process);
        }
    }
}
