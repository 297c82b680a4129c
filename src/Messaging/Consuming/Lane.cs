namespace Messaging.Consuming;

/// <summary>Tells what became of a delivery.</summary>
/// <param name="delivery">The delivery.</param>
/// <param name="returnAfter">Null where the queue can forget it, else the delay after which it comes back.</param>
internal delegate void Settle(Delivery delivery, TimeSpan? returnAfter);

/// <summary>Handles deliveries one after the other and carries out each one's verdict.</summary>
internal sealed class Lane(Consumer consumer, VerdictPerformer performer)
{
    /// <summary>
    /// Deliveries of one message group, in order, or a single one of a standard queue. The first that must come back takes those behind it
    /// along; the first that has not started when <paramref name="stop"/> falls goes back at once, and so do those behind it.
    /// </summary>
    /// <param name="deliveries">In the order of the queue.</param>
    /// <param name="settle">Is told of each delivery once.</param>
    /// <param name="stop">Cancels the handler that runs.</param>
    /// <param name="abandoned">Cancelled when nobody waits for the outcome any more: from then on nothing is sent and nothing settled.</param>
    public async Task RunAsync(IReadOnlyList<Delivery> deliveries, Settle settle, CancellationToken stop, CancellationToken abandoned)
    {
        TimeSpan? heldBack = null;
        var gate = deliveries.Count > 0 ? performer.Gate(deliveries[0]) : null;
        foreach (var delivery in deliveries)
        {
            if (heldBack is null && stop.IsCancellationRequested)
                heldBack = TimeSpan.Zero;
            if (heldBack is null)
            {
                heldBack = gate is null
                    ? await HandleAsync(delivery, stop, abandoned).ConfigureAwait(false)
                    : await gate.PassAsync(delivery, this, stop, abandoned).ConfigureAwait(false);
            }

            if (abandoned.IsCancellationRequested)
                return;
            settle(delivery, heldBack);
        }
    }

    /// <summary>Null where the queue can forget the delivery, else the delay after which it comes back. Means nothing once it is abandoned.</summary>
    internal async ValueTask<TimeSpan?> HandleAsync(Delivery delivery, CancellationToken stop, CancellationToken abandoned)
    {
        var (messageId, verdict) = performer.BeforeHandling(delivery) is { } early
            ? (null, early)
            : await consumer.HandleAsync(delivery, stop).ConfigureAwait(false);
        return abandoned.IsCancellationRequested ? null : await performer.CarryOutAsync(delivery, messageId, verdict, abandoned).ConfigureAwait(false);
    }
}
