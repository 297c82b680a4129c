using LocalCloud.Lambda.Functions;
using LocalCloud.Lambda.Runtime;

namespace LocalCloud.Lambda.Schedules;

/// <summary>
/// Invokes a function on a schedule, asynchronously: a failed run is tried again as Lambda does. A first attempt that takes longer than the period is not
/// overtaken by the next: what came due meanwhile is skipped, so that a halted debugger or a suspended laptop is not followed by a burst.
/// </summary>
internal sealed class ScheduledRule(string arn, ScheduleExpression schedule, Function function, byte[]? input, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Timers take less than 50 days, and a laptop's clock is set now and then.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public Function Function => function;

    public void Start() => _running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        for (var due = schedule.Next(time.GetUtcNow()); due is { } next; due = After(next))
        {
            while (next - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, _stopping.Token);
            if (function.Events.TryAccept("schedule", input ?? ScheduledEvent.Write(arn, next), InvocationDetails.None) is { } firstAttempt)
                await firstAttempt.WaitAsync(_stopping.Token);
        }
    }

    private DateTimeOffset? After(DateTimeOffset last)
    {
        var next = schedule.Next(last);
        return next < time.GetUtcNow() ? schedule.Next(time.GetUtcNow()) : next;
    }
}
