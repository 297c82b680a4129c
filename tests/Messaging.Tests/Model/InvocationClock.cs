namespace Messaging.Tests.Model;

/// <summary>The model's clock, on which the time of one invocation can run out while it stands still for everybody else.</summary>
internal sealed class InvocationClock(TimeProvider time) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Action> _timers = [];

    public bool IsOver { get; private set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
            _timers.Add(() => callback(state));
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
