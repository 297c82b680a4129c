namespace Messaging.Polling;

/// <summary>
/// Receives while there is room. One poll is always open; an answer as full as asked for says that more is waiting, and opens a further one
/// beside it, until one comes back empty: so an idle queue costs one request every 20 seconds, however much may be in flight.
/// </summary>
internal sealed class Polls(Receiver receiver, HeldLanes lanes, Room room, Settlement settlement, WorkerContext worker)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly int _most = (worker.Options.MaxInFlight + SqsRules.LargestBatch - 1) / SqsRules.LargestBatch;

    /// <summary>Polls until <paramref name="stopping"/> falls; what is open then comes back, or is broken off by <paramref name="cut"/>.</summary>
    public Task RunAsync(CancellationToken stopping, CancellationToken cut) => PollAsync(1, stopping, cut);

    private async Task PollAsync(int place, CancellationToken stopping, CancellationToken cut)
    {
        var next = Task.CompletedTask;
        while (await TakeRoomAsync(stopping).ConfigureAwait(false) is var asked and > 0)
        {
            var received = await receiver.ReceiveAsync(asked, stopping, cut).ConfigureAwait(false);
            room.Free(asked - received.Count);
            lanes.Add(received, start: !stopping.IsCancellationRequested);
            if (received.Count == 0 && place > 1)
                break;
            if (received.Count == asked && place < _most && next.IsCompleted)
                next = PollAsync(place + 1, stopping, cut);
        }

        await next.ConfigureAwait(false);
    }

    // None when the worker stops.
    private async Task<int> TakeRoomAsync(CancellationToken stopping)
    {
        var taken = 0;
        try
        {
            taken = await room.TakeAsync(stopping).ConfigureAwait(false);
            while (Pause() is { } pause)
                await Task.Delay(pause, worker.Time, stopping).ConfigureAwait(false);
            return taken;
        }
        catch (OperationCanceledException)
        {
            room.Free(taken);
            return 0;
        }
    }

    private TimeSpan? Pause()
    {
        try
        {
            var pause = settlement.IsFarBehind ? ShortestPause : worker.Options.NotNow?.Invoke();
            return pause is { } p ? TimeSpan.FromTicks(Math.Clamp(p.Ticks, ShortestPause.Ticks, LongestPause.Ticks)) : null;
        }
#pragma warning disable CA1031 // Whatever the delegate throws, it must not end the worker.
        catch (Exception e)
#pragma warning restore CA1031
        {
            worker.Logger.ReceiveFailed(e, worker.Consumer, worker.Options.QueueUrl, 1, LongestPause);
            return LongestPause;
        }
    }
}
