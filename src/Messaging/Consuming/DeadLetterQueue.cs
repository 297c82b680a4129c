using Amazon.SQS;
using Messaging.Telemetry;

namespace Messaging.Consuming;

/// <summary>Sends a message to the dead-letter queue with the story of its death as attributes.</summary>
internal sealed class DeadLetterQueue(IAmazonSQS sqs, QueueOptions options, Consumer consumer, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>False where the queue did not take it: then the message stays where it is.</summary>
    public async Task<bool> TrySendAsync(Delivery delivery, Verdict.DeadLettered verdict, CancellationToken cancellationToken)
    {
        try
        {
            var request = DeliveryCopy.To(options.DeadLetterQueueUrl, delivery, DeadLetterStory.Of(delivery, verdict, consumer.Name));
            if (SqsRules.IsFifo(options.DeadLetterQueueUrl))
            {
                // Typed, for the queue's redrive policy brings ids of its own: the same death told twice is one letter, another death another.
                request.MessageDeduplicationId = $"dead-letter:{delivery.MessageId}";
            }

            using var limit = new TimeLimit(Patience, time, cancellationToken);
            await sqs.SendMessageAsync(request, limit.Token).ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // Whatever the reason, the message is not lost: it stays and comes back.
        catch (Exception e)
#pragma warning restore CA1031
        {
            consumer.Logger.DeadLetterFailed(e, delivery.MessageId);
            ConsumerMetrics.DeadLetterFailed(consumer.Name, e);
            return false;
        }
    }
}
