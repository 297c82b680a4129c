namespace Messaging.Consuming;

/// <summary>Counts the runs of a handler that failed.</summary>
internal sealed class Attempts(QueueOptions options, Consumer consumer, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Counts one more, and tells how many there are. Null where it could not be counted: then the run is no attempt.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="cancellationToken">Cancels the counting.</param>
    public async ValueTask<int?> CountAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (options.CountAttempt is not { } count)
            return delivery.ReceiveCount;

        try
        {
            using var limit = new TimeLimit(Patience, time, cancellationToken);
            return await count(delivery.MessageId, limit.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the reason, the message comes back all the same.
        catch (Exception e)
#pragma warning restore CA1031
        {
            consumer.Logger.AttemptNotCounted(e, consumer.Name, delivery.MessageId);
            return null;
        }
    }
}
