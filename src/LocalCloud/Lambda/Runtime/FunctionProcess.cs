using System.Diagnostics;

namespace LocalCloud.Lambda.Runtime;

/// <summary>
/// One process of a function: it asks for an event (<see cref="NextAsync"/>), has it assigned by its pool, answers, and asks again.
/// Children live in real time, so their timeouts do too.
/// </summary>
internal sealed class FunctionProcess : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Process _process;
    private readonly FunctionSettings _function;
    private readonly Action<FunctionProcess> _ready;
    private readonly Timer _deadline;
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Assignment>? _asking;
    private Assignment? _current;
    private Assignment? _printing;
    private string? _initError;
    private bool _timedOut;

    /// <param name="function">Whose process it is.</param>
    /// <param name="process">Configured, with redirected output, and not yet started.</param>
    /// <param name="ready">Called each time the process asks for an event.</param>
    public FunctionProcess(FunctionSettings function, Process process, Action<FunctionProcess> ready)
    {
        (_function, _process, _ready) = (function, process, ready);
        _deadline = new Timer(_ => TimeOut());
    }

    public int Pid { get; private set; }

    /// <summary>Whether it has ever asked for an event.</summary>
    public bool IsInitialized { get; private set; }

    /// <summary>Whether it will soon ask for an event: it starts, or it has answered and not asked again.</summary>
    public bool IsComing
    {
        get
        {
            lock (_gate)
                return _asking is null && _current is null;
        }
    }

    /// <summary>Since when it waits for an event.</summary>
    public long IdleSince { get; private set; }

    /// <summary>Ends when the process has.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why it ended before it asked for its first event.</summary>
    public string InitError => _initError ?? (_timedOut
        ? $"Init took longer than {_function.InitTimeout.TotalSeconds:F0} s"
        : $"Runtime exited with error during init: exit status {_process.ExitCode}");

    public void Start(Action<string> stdout, Action<string> stderr)
    {
        _process.Start();
        Pid = _process.Id;
        _deadline.Change(_function.InitTimeout, Timeout.InfiniteTimeSpan);
        _ = RunAsync(ProcessOutput.ReadLinesAsync(_process.StandardOutput, Print(stdout)), ProcessOutput.ReadLinesAsync(_process.StandardError, Print(stderr)));
    }

    /// <summary>The process asks for its next event. Null if it still owes an answer.</summary>
    public Task<Assignment>? NextAsync(CancellationToken gone)
    {
        var asking = new TaskCompletionSource<Assignment>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_current is not null)
                return null;
            _asking = asking;
            IsInitialized = true;
            IdleSince = Stopwatch.GetTimestamp();
            _deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        gone.Register(() => StopAsking(asking, gone));
        _ready(this);
        return asking.Task;
    }

    /// <summary>False if it does not ask, or no longer.</summary>
    public bool TryAssign(Assignment assignment)
    {
        lock (_gate)
        {
            if (_asking is not { } asking || _ended.Task.IsCompleted)
                return false;
            _asking = null;
            if (!asking.TrySetResult(assignment))
                return false;
            (_current, _printing) = (assignment, assignment);
            assignment.Begin();
            _deadline.Change(_function.Timeout, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>The event that the process works on, if it is this one; from then on it owes no answer.</summary>
    public Assignment? TakeAnswered(string requestId)
    {
        lock (_gate)
        {
            if (_current is not { } current || current.RequestId != requestId)
                return null;
            _current = null;
            return current;
        }
    }

    public void FailInit(string error)
    {
        _initError = error;
        Kill();
    }

    public void Terminate() => Signals.Terminate(_process);

    public void Kill() => Signals.Kill(_process);

    public void Dispose()
    {
        _deadline.Dispose();
        _process.Dispose();
    }

    /// <summary>What a process prints belongs to its event until the next one comes: lines may arrive after the answer.</summary>
    private Action<string> Print(Action<string> log) => line =>
    {
        Volatile.Read(ref _printing)?.Print(line);
        log(line);
    };

    private async Task RunAsync(Task stdout, Task stderr)
    {
        await _process.WaitForExitAsync();
        Assignment? current;
        lock (_gate)
        {
            current = _current;
            (_current, _asking) = (null, null);
            _deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        current?.Complete(_timedOut
            ? LambdaFailure.TimedOut(current.RequestId, _function.Timeout)
            : LambdaFailure.Exited(current.RequestId, _process.ExitCode));
        // A grandchild that inherited the pipes could keep them open for ever.
        await Task.WhenAny(Task.WhenAll(stdout, stderr), Task.Delay(TimeSpan.FromSeconds(1)));
        _ended.TrySetResult(true);
    }

    private void TimeOut()
    {
        _timedOut = true;
        Kill();
    }

    private void StopAsking(TaskCompletionSource<Assignment> asking, CancellationToken gone)
    {
        lock (_gate)
        {
            if (_asking == asking && !_ended.Task.IsCompleted)
            {
                _asking = null;
                // It may have given up its request only to ask again; if it does not, it is of no use.
                _deadline.Change(_function.InitTimeout, Timeout.InfiniteTimeSpan);
            }
        }
        asking.TrySetCanceled(gone);
    }
}
