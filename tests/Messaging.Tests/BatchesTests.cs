using Messaging.Polling;

namespace Messaging.Tests;

/// <summary>What waits to be sent, at its end.</summary>
public sealed class BatchesTests
{
    // An exception there would end the process.
    [Fact]
    public void A_timer_that_still_fires_after_the_end_does_no_harm()
    {
        var time = new LateTimer();
        var batches = new Batches<int>((_, _) => Task.FromResult<IReadOnlyList<int>>([]), TimeSpan.FromSeconds(1), senders: 1, time);
        batches.Add(1, atOnce: false);

        batches.Dispose();

        time.Fire();
    }

    /// <summary>A timer whose callback was under way when it was disposed of.</summary>
    private sealed class LateTimer : TimeProvider, ITimer
    {
        private Action? _callback;

        public void Fire() => _callback!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = () => callback(state);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
