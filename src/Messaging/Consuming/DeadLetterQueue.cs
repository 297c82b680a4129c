using System.Globalization;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Messaging.Consuming;

/// <summary>Sends a message to the dead-letter queue with the story of its death as attributes.</summary>
internal sealed class DeadLetterQueue(IAmazonSQS sqs, SqsBatchOptions options, Consumer consumer)
{
    private const int LongestReason = 1_024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>False where the queue did not take it: then the message stays where it is.</summary>
    public async Task<bool> TrySendAsync(SQSEvent.SQSMessage message, Verdict.DeadLettered verdict, int receiveCount)
    {
        var request = new SendMessageRequest
        {
            QueueUrl = options.DeadLetterQueueUrl,
            MessageBody = message.Body,
            MessageAttributes = new()
            {
                ["DeadLetterReason"] = Text(Readable(verdict.Reason)),
                ["DeadLetterErrorType"] = Text(verdict.ErrorType ?? "Verdict"),
                ["DeadLetterConsumer"] = Text(consumer.Name),
                ["DeadLetterSource"] = Text(message.EventSourceArn!),
                ["DeadLetterAttempts"] = new() { DataType = "Number", StringValue = receiveCount.ToString(CultureInfo.InvariantCulture) },
                ["DeadLetterMessageId"] = Text(message.MessageId!),
            },
        };

        if (options.DeadLetterQueueUrl.EndsWith(".fifo", StringComparison.Ordinal))
        {
            request.MessageGroupId = message.Attributes!["MessageGroupId"];
            request.MessageDeduplicationId = message.MessageId;
        }

        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await sqs.SendMessageAsync(request, patience.Token).ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // Whatever the reason, the message is not lost: it stays and comes back.
        catch (Exception e)
#pragma warning restore CA1031
        {
            consumer.Logger.DeadLetterFailed(e, message.MessageId!);
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
