using LocalCloud.Lambda.Runtime;
using LocalCloud.Templates;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Lambda.Events;

/// <summary>
/// Asynchronous invocations of one function, as Lambda makes them: a failed event is tried again after one minute and after two more, a throttled one
/// again and again after growing pauses, until it is too old. Then it goes to the function's destination and to its dead-letter target.
/// </summary>
internal sealed class EventQueue(EventQueueOwner owner, EventRoom room, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>Lambda's limit for the event of an asynchronous invocation, in bytes: 1 MB since October 2025.</summary>
    public const int MaximumPayload = 1024 * 1024;

    private const int DefaultRetries = 2;
    private const int DefaultAge = 6 * 60 * 60;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Takes an event.</summary>
    /// <param name="source">As in <see cref="Invocation.Source"/>.</param>
    /// <param name="payload">At most 1 MB of JSON.</param>
    /// <param name="details">The id of the event and what goes with it.</param>
    /// <returns>The end of the first attempt; null if too many events wait already, which is a throttled call.</returns>
    public Task? TryAccept(string source, ReadOnlyMemory<byte> payload, InvocationDetails details)
    {
        if (!room.TryEnter(payload.Length))
            return null;
        var firstAttempt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = RunAsync(source, payload, details with { RequestId = details.RequestId ?? Guid.NewGuid().ToString() }, firstAttempt);
        return firstAttempt.Task;
    }

    /// <summary>What waits to be tried again is given up.</summary>
    public async ValueTask DisposeAsync() => await _stopping.CancelAsync();

    private async Task RunAsync(string source, ReadOnlyMemory<byte> payload, InvocationDetails details, TaskCompletionSource firstAttempt)
    {
        try
        {
            var outcome = await TryAsync(source, payload, details, firstAttempt);
            if (outcome is not null && owner.Find() is { } function)
                await owner.Destinations.ReportAsync(function, outcome, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The function is deleted, or all ends.
        }
        finally
        {
            room.Leave(payload.Length);
            firstAttempt.TrySetResult();
        }
    }

    /// <summary>Null when the function is gone before there is an outcome.</summary>
    private async Task<EventOutcome?> TryAsync(string source, ReadOnlyMemory<byte> payload, InvocationDetails details, TaskCompletionSource firstAttempt)
    {
        var accepted = time.GetUtcNow();
        var (failures, throttles) = (0, 0);
        while (owner.Find() is { Runnable: { } runnable } function)
        {
            var settings = function.EventInvoke ?? EventInvokeSettings.Default;
            var result = await runnable.InvokeAsync(source, payload, details, _stopping.Token);
            firstAttempt.TrySetResult();
            if (LambdaFailure.IsShuttingDown(result))
                return null;
            var attempts = failures + 1;
            if (result.Error is null)
                return new EventOutcome(details.RequestId!, payload, result, EventOutcome.Success, attempts);
            var throttled = LambdaFailure.IsThrottled(result);
            if (!throttled && ++failures > (settings.MaximumRetryAttempts ?? DefaultRetries))
                return new EventOutcome(details.RequestId!, payload, result, EventOutcome.RetriesExhausted, attempts);
            var pause = throttled ? Pause(throttles++) : TimeSpan.FromMinutes(failures);
            if (time.GetUtcNow() + pause - accepted > TimeSpan.FromSeconds(settings.MaximumEventAge ?? DefaultAge))
                return new EventOutcome(details.RequestId!, payload, result, EventOutcome.AgeExceeded, throttled ? failures : attempts);
            EventLog.TriedAgain(logger, function.Name, details.RequestId!, pause.TotalSeconds);
            await Task.Delay(pause, time, _stopping.Token);
        }
        return null;
    }

    /// <summary>From one second to five minutes.</summary>
    private static TimeSpan Pause(int throttles) => TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(throttles, 10))));
}
