using Amazon.SQS;

namespace Messaging.Consuming;

/// <summary>Does what a verdict says.</summary>
internal sealed class VerdictPerformer(Consumer consumer, IAmazonSQS sqs, QueueOptions options, TimeProvider time)
{
    private readonly DeadLetterQueue _deadLetters = new(sqs, options, consumer);

    /// <summary>Null where the queue can forget the delivery, else the delay after which it comes back.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="messageId">The envelope's id; null where it could not be decoded.</param>
    /// <param name="verdict">The consumer's answer.</param>
    /// <param name="cancellationToken">Cancels what is sent; then the delivery comes back.</param>
    public async ValueTask<TimeSpan?> CarryOutAsync(Delivery delivery, string? messageId, Verdict verdict, CancellationToken cancellationToken) => verdict switch
    {
        { Acknowledges: true } => null,
        Verdict.DeadLettered dead when await _deadLetters.TrySendAsync(delivery, dead, cancellationToken).ConfigureAwait(false) => null,
        Verdict.Retried { After: { } after } => after,
        Verdict.Deferred deferred => deferred.Until - time.GetUtcNow(),
        _ => Backoff.Next(delivery.ReceiveCount, options.FirstBackoff, Random.Shared.NextDouble()),
    };
}
