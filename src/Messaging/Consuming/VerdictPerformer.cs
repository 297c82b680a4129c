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

    /// <summary>Counts a run that failed: a retry gets its delay, and after one attempt too many it is a dead letter. Other verdicts stay what they are.</summary>
    public ValueTask<Verdict> CountAsync(Delivery delivery, Handled handled, CancellationToken cancellationToken) =>
        handled.Verdict is Verdict.Retried retried ? CountAsync(delivery, handled.EventId, retried, cancellationToken) : new(handled.Verdict);

    /// <summary>Does what a verdict says that has been counted.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="cancellationToken">Cancels what is sent; then the delivery comes back.</param>
    public ValueTask<CarriedOut> CarryOutAsync(Delivery delivery, Verdict verdict, CancellationToken cancellationToken) => verdict switch
    {
        Verdict.Retried retried => new(new CarriedOut(retried.After)),
        Verdict.DeadLettered dead => DeadLetterAsync(delivery, dead, cancellationToken),
        Verdict.Deferred deferred => DeferAsync(delivery, deferred, cancellationToken),
        _ => default,
    };

    private async ValueTask<Verdict> CountAsync(Delivery delivery, string? eventId, Verdict.Retried verdict, CancellationToken cancellationToken)
    {
        var attempts = verdict.Counts ? await _attempts.CountAsync(delivery, cancellationToken).ConfigureAwait(false) : null;
        if (attempts >= options.MaxAttempts)
        {
            consumer.Logger.GaveUp(consumer.Name, eventId ?? delivery.MessageId, attempts.Value, verdict.Reason);
            return new Verdict.DeadLettered(verdict.Reason, verdict.ErrorType, attempts);
        }

        return verdict with { After = verdict.After ?? BackOff(attempts ?? delivery.ReceiveCount) };
    }

    private async ValueTask<CarriedOut> DeadLetterAsync(Delivery delivery, Verdict.DeadLettered verdict, CancellationToken cancellationToken) =>
        await _deadLetters.TrySendAsync(delivery, verdict, cancellationToken).ConfigureAwait(false) ? new(null, verdict.FullReason) : new(BackOff(delivery.ReceiveCount));

    private async ValueTask<CarriedOut> DeferAsync(Delivery delivery, Verdict.Deferred verdict, CancellationToken cancellationToken) =>
        new(await _deferral.CarryOutAsync(delivery, verdict.Until, cancellationToken).ConfigureAwait(false));

    private TimeSpan BackOff(int attempts) => Backoff.Next(attempts, options.FirstBackoff);
}
