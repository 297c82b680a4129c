using System.Globalization;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Messaging.Telemetry;

namespace Messaging.Consuming;

/// <summary>Sends a message to the dead-letter queue with the story of its death as attributes.</summary>
internal sealed class DeadLetterQueue(IAmazonSQS sqs, QueueOptions options, Consumer consumer)
{
    private const int LongestReason = 1_024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>False where the queue did not take it: then the message stays where it is.</summary>
    public async Task<bool> TrySendAsync(Delivery delivery, Verdict.DeadLettered verdict, CancellationToken cancellationToken)
    {
        var request = new SendMessageRequest
        {
            QueueUrl = options.DeadLetterQueueUrl,
            MessageBody = Encoding.UTF8.GetString(delivery.Body.Span),
            MessageAttributes = new()
            {
                ["DeadLetterReason"] = Text(Readable(verdict.Reason)),
                ["DeadLetterErrorType"] = Text(verdict.ErrorType ?? "Verdict"),
                ["DeadLetterConsumer"] = Text(consumer.Name),
                ["DeadLetterSource"] = Text(delivery.Source),
                ["DeadLetterAttempts"] = new() { DataType = "Number", StringValue = delivery.ReceiveCount.ToString(CultureInfo.InvariantCulture) },
                ["DeadLetterMessageId"] = Text(delivery.MessageId),
            },
        };

        if (options.DeadLetterQueueUrl.EndsWith(".fifo", StringComparison.Ordinal))
        {
            request.MessageGroupId = delivery.GroupId;
            request.MessageDeduplicationId = delivery.MessageId;
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            await sqs.SendMessageAsync(request, patience.Token).ConfigureAwait(false);
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

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };

    // Visible ASCII and not empty: an attribute that SQS refuses would keep the message from its dead-letter queue.
    private static string Readable(string reason)
    {
        var text = string.Concat(reason.Take(LongestReason).Select(c => c is >= ' ' and <= '~' ? c : '?'));
        return text.Length > 0 ? text : "-";
    }
}
