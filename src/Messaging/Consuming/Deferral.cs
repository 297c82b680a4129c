using System.Globalization;
using Amazon.SQS;

namespace Messaging.Consuming;

/// <summary>
/// Brings a message back when it is due. On a standard queue by a fresh copy, whose receive count starts anew. On a FIFO queue a copy would go
/// behind its followers, so the message is hidden where it is.
/// </summary>
internal sealed class Deferral(IAmazonSQS sqs, QueueOptions options, Consumer consumer, TimeProvider time)
{
    /// <summary>When a copy is due, in ISO 8601: a delay of SQS is 15 minutes at most, so a copy may arrive before.</summary>
    public const string NotBefore = "NotBefore";

    private const int LongestText = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    /// <summary>The verdict on a copy that arrives before it is due. One that does not say so in an attribute is the handler's to judge.</summary>
    public Verdict.Deferred? OnEarly(Delivery delivery)
    {
        // Looked for in the bytes first: next to no message has it, and all the others' attributes need not be read for it.
        if (options.IsFifo
            || (!delivery.RawAttributes.IsEmpty && delivery.RawAttributes.Span.IndexOf("\"NotBefore\""u8) < 0)
            || !delivery.Attributes.TryGetValue(NotBefore, out var value)
            || value.StringValue is not { Length: > 0 and <= LongestText } text
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var due)
            || due <= time.GetUtcNow())
        {
            return null;
        }

        consumer.Logger.StillDeferred(consumer.Name, delivery.MessageId, due);
        return new(due, "It is not due yet.");
    }

    /// <summary>Null where a copy waits in its place, else the delay after which the message itself comes back.</summary>
    public async ValueTask<TimeSpan?> CarryOutAsync(Delivery delivery, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var wait = until - time.GetUtcNow();
        wait = wait > Soonest ? wait : Soonest;
        if (options.IsFifo)
            return wait;

        var attributes = new BoundedAttributes(delivery.Body.Length);
        foreach (var (name, value) in delivery.Attributes)
        {
            if (name != NotBefore)
                attributes.Add(name, value);
        }

        attributes.AddText(NotBefore, until.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        return await TrySendAsync(delivery, attributes, wait, cancellationToken).ConfigureAwait(false) ? null : wait;
    }

    private async Task<bool> TrySendAsync(Delivery delivery, BoundedAttributes attributes, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            var request = DeliveryCopy.To(options.QueueUrl, delivery, attributes);
            request.DelaySeconds = SqsRules.Seconds(wait, LongestDelay);
            using var limit = new TimeLimit(Patience, time, cancellationToken);
            await sqs.SendMessageAsync(request, limit.Token).ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // Whatever the reason, the message is not lost: it is hidden where it is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            consumer.Logger.DeferFailed(e, consumer.Name, delivery.MessageId);
            return false;
        }
    }
}
