using System.Globalization;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Messaging.Consuming;

/// <summary>Sends a message to the dead-letter queue with the story of its death as attributes.</summary>
internal sealed class DeadLetterQueue(IAmazonSQS sqs, SqsBatchOptions options, Consumer consumer)
{
    private const int LongestReason = 1_024;

    /// <summary>False where the queue did not take it: then the message stays where it is.</summary>
    public async Task<bool> TrySendAsync(SQSEvent.SQSMessage message, Verdict.DeadLettered verdict, int receiveCount)
    {
        var request = new SendMessageRequest
        {
            QueueUrl = options.DeadLetterQueueUrl,
            MessageBody = message.Body,
            MessageAttributes = new()
            {
                ["DeadLetterReason"] = Text(Shorten(verdict.Reason)),
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
            await sqs.SendMessageAsync(request, CancellationToken.None).ConfigureAwait(false);
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

    private static string Shorten(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason];
}
