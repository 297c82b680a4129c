namespace Messaging.Consuming;

/// <summary>Tells what became of a delivery.</summary>
/// <param name="delivery">The delivery.</param>
/// <param name="returnAfter">Null where the queue can forget it, else the delay after which it comes back.</param>
internal delegate void Settle(Delivery delivery, TimeSpan? returnAfter);

/// <summary>Handles deliveries one after the other and carries out each one's verdict.</summary>
internal sealed class Lane(Consumer consumer, VerdictPerformer performer)
{
    /// <summary>
    /// The first delivery that must come back takes those behind it along; the first that has not started when the run is stopped goes back at once, and so do
    /// those behind it.
    /// </summary>
    /// <param name="run">The deliveries.</param>
    /// <param name="settle">Is told of each delivery once, until the run is abandoned.</param>
    public async Task RunAsync(LaneRun run, Settle settle)
    {
        TimeSpan? heldBack = null;
        var gate = run.Deliveries.Count > 0 ? performer.Gate(run.Deliveries[0]) : null;
        foreach (var delivery in run.Deliveries)
        {
            if (heldBack is null && run.Stop.IsCancellationRequested)
                heldBack = TimeSpan.Zero;
            if (heldBack is null)
            {
                heldBack = gate is null
                    ? (await HandleAsync(delivery, run).ConfigureAwait(false)).ReturnAfter
                    : await gate.PassAsync(delivery, this, run).ConfigureAwait(false);
            }

            if (run.IsAbandoned)
                return;
            settle(delivery, heldBack);
        }
    }

    /// <summary>
    /// Decides on the message of a run that was abandoned while its handler ran: a failed attempt, and the last one makes a dead letter, which parks its group as
    /// any other does. Never throws.
    /// </summary>
    /// <returns>
    /// True where the queue can forget it. Else it comes back, and not before its visibility timeout: the handler may still run.
    /// </returns>
    public async Task<bool> GiveUpAsync(LaneRun run, CancellationToken cancellationToken)
    {
        if (run.Unfinished is not { } delivery)
            return false;
        try
        {
            var verdict = new Verdict.Retried("Its handler did not stop when the time was over.", null, nameof(TimeoutException));
            var outcome = await ConcludeAsync(delivery, new(run.EventId, verdict, "timeout", run.Processing), cancellationToken).ConfigureAwait(false);
            return outcome.DeathReason is { } reason
                && (performer.Gate(delivery) is not { } gate || await gate.TryParkAsync(delivery, reason, cancellationToken).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Whatever it is, the message comes back, and the others of its batch have their answers.
        catch (Exception e)
#pragma warning restore CA1031
        {
            consumer.Logger.LaneFailed(e, consumer.Name);
            return false;
        }
    }

    /// <summary>Means nothing once the run is abandoned.</summary>
    internal async ValueTask<CarriedOut> HandleAsync(Delivery delivery, LaneRun run)
    {
        var handled = performer.BeforeHandling(delivery) is { } early
            ? new(null, early, null, null)
            : await consumer.HandleAsync(delivery, run).ConfigureAwait(false);
        if (run.TryEnd() && !run.IsAbandoned)
            return await ConcludeAsync(delivery, handled, run.Abandoned).ConfigureAwait(false);
        handled.Processing?.End(handled.Verdict, handled.ErrorType);
        return default;
    }

    private async ValueTask<CarriedOut> ConcludeAsync(Delivery delivery, Handled handled, CancellationToken cancellationToken)
    {
        var verdict = await performer.CountAsync(delivery, handled, cancellationToken).ConfigureAwait(false);
        handled.Processing?.End(verdict, handled.ErrorType);
        return await performer.CarryOutAsync(delivery, verdict, cancellationToken).ConfigureAwait(false);
    }
}
