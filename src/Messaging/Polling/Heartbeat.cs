namespace Messaging.Polling;

/// <summary>
/// Keeps what is here hidden while it is worked on: a message is hidden anew when a third of its visibility timeout is over, so that one
/// failed call does no harm. Ends what takes too long, and what somebody else has.
/// </summary>
internal sealed class Heartbeat(HeldLanes lanes, Visibility visibility, WorkerContext worker)
{
    private const int CallsAtATime = 8;
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sixth = worker.Options.VisibilityTimeout / 6;
        using var timer = new PeriodicTimer(sixth < LongestPeriod ? sixth : LongestPeriod, worker.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
                await BeatAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The worker ends.
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var running = lanes.Running;
        var now = worker.Time.GetUtcNow();
        var due = running.Where(lane => Supervise(lane, now)).SelectMany(lane => lane.Held).Where(held => IsDue(held, now)).ToArray();
        if (due.Length == 0)
            return;

        await Parallel.ForEachAsync(
            due.Chunk(SqsRules.LargestBatch),
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtATime, CancellationToken = cancellationToken },
            async (chunk, ct) => await visibility.ChangeAsync(chunk, held => (held, worker.Options.VisibilityTimeout), ct).ConfigureAwait(false)).ConfigureAwait(false);
        foreach (var lane in running)
            Supervise(lane, now);
    }

    private bool IsDue(Held held, DateTimeOffset now) =>
        !held.IsLost && now - held.HiddenAt >= worker.Options.VisibilityTimeout / 3 && held.Allowed(worker.Options.VisibilityTimeout, now) > TimeSpan.FromSeconds(1);

    /// <summary>Ends what takes too long, and gives up what somebody else has. True where the lane goes on.</summary>
    private bool Supervise(HeldLane lane, DateTimeOffset now)
    {
        if (lane.IsAbandoned || lane.Running is not var (held, since))
            return !lane.IsAbandoned;

        if (!held.IsLost && held.VisibleAt <= now)
        {
            held.Lose();
            worker.Logger.ReceiptLost(worker.Consumer, held.Delivery.MessageId, "its visibility timeout has ended");
        }

        if (held.IsLost)
        {
            _ = lane.AbandonAsync();
            return false;
        }

        if (lane.IsStopping && held.VisibleAt - now <= worker.Options.VisibilityTimeout / 3)
        {
            // What is left of the time is for counting the attempt, and for what the last one asks for.
            _ = lane.AbandonAsync(tookTooLong: true);
        }
        else if (!lane.IsStopping && now - since >= worker.Options.MaxProcessingTime)
        {
            worker.Logger.ProcessingTooLong(worker.Consumer, held.Delivery.MessageId, worker.Options.MaxProcessingTime);
            _ = lane.StopAsync();
        }

        return !lane.IsStopping;
    }
}
