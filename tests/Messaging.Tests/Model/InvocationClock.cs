namespace Messaging.Tests.Model;

/// <summary>The model's clock, on which the time of one invocation can run out while it stands still for everybody else.</summary>
internal sealed class InvocationClock(TimeProvider time) : TimeProvider
{
    // A batch's deadline is the only thing that waits for so long.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly List<Action> _timers = [];

    public bool IsOver { get; private set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Add(() => callback(state));

            // The handler was faster than the batch, which only now begins to wait for its deadline.
            if (IsOver && dueTime > Long)
                ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return time.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>Whatever waits for the clock has waited long enough.</summary>
    public void RunOut()
    {
        Action[] timers;
        lock (_gate)
        {
            IsOver = true;
            timers = [.. _timers];
        }

        foreach (var timer in timers)
            timer();
    }
}
