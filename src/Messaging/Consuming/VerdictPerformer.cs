using Amazon.SQS;
using Messaging.Parking;

namespace Messaging.Consuming;

/// <summary>Does what a verdict says.</summary>
internal sealed class VerdictPerformer(Consumer consumer, IAmazonSQS sqs, QueueOptions options, TimeProvider time)
{
    private readonly Attempts _attempts = new(options, consumer, time);
    private readonly DeadLetterQueue _deadLetters = new(sqs, options, consumer, time);
    private readonly Deferral _deferral = new(sqs, options, consumer, time);
    private readonly ParkedGroups? _parking = options.Parking is null || options.IsFifo
        ? options.Parking
        : throw new ArgumentException($"'{options.QueueName}' is a standard queue and has no order to keep. Leave {nameof(options.Parking)} out.", nameof(options));

    /// <summary>The verdict that needs no handler: a message that was deferred and is not due yet. Else null.</summary>
    public Verdict? BeforeHandling(Delivery delivery) => _deferral.OnEarly(delivery);

    /// <summary>What a lane's deliveries must pass; null where the consumer parks no groups.</summary>
    public ParkingGate? Gate(Delivery first) => first.GroupId is { } groupId ? _parking?.Gate(groupId, options) : null;

    /// <summary>Null where the queue can forget the delivery, else the delay after which it comes back.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="messageId">The envelope's id; null where it could not be decoded.</param>
    /// <param name="verdict">The consumer's answer.</param>
    /// <param name="cancellationToken">Cancels what is sent; then the delivery comes back.</param>
    public ValueTask<TimeSpan?> CarryOutAsync(Delivery delivery, string? messageId, Verdict verdict, CancellationToken cancellationToken) => verdict switch
    {
        Verdict.Retried retried => RetryAsync(delivery, messageId, retried, cancellationToken),
        Verdict.DeadLettered dead => DeadLetterAsync(delivery, dead, cancellationToken),
        Verdict.Deferred deferred => _deferral.CarryOutAsync(delivery, deferred.Until, cancellationToken),
        _ => default,
    };

    private async ValueTask<TimeSpan?> RetryAsync(Delivery delivery, string? messageId, Verdict.Retried verdict, CancellationToken cancellationToken)
    {
        var attempts = verdict.Counts ? await _attempts.CountAsync(delivery, cancellationToken).ConfigureAwait(false) : null;
        if (attempts >= options.MaxAttempts)
        {
            consumer.Logger.GaveUp(consumer.Name, messageId ?? delivery.MessageId, attempts.Value, verdict.Reason);
            var dead = new Verdict.DeadLettered($"{attempts} attempts failed, the last one so: {verdict.Reason}", verdict.ErrorType, attempts);
            return await DeadLetterAsync(delivery, dead, cancellationToken).ConfigureAwait(false);
        }

        return verdict.After ?? BackOff(attempts ?? delivery.ReceiveCount);
    }

    private async ValueTask<TimeSpan?> DeadLetterAsync(Delivery delivery, Verdict.DeadLettered verdict, CancellationToken cancellationToken) =>
        await _deadLetters.TrySendAsync(delivery, verdict, cancellationToken).ConfigureAwait(false) ? null : BackOff(delivery.ReceiveCount);

    private TimeSpan BackOff(int attempts) => Backoff.Next(attempts, options.FirstBackoff);
}
