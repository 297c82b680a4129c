using System.Globalization;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Messaging.Consuming;
using Messaging.Envelope;
using Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace Messaging.RequestReply;

/// <summary>Receives from the reply queue: hands over what was asked here, hands back what was asked elsewhere, and drops what nobody waits for.</summary>
internal sealed class ReplyReceiver(IAmazonSQS sqs, RequestClientOptions options, string client, Func<string, RawReply, bool> tryAnswer, TimeProvider time, ILogger logger)
{
    private const int WaitSeconds = 20;

    // Long enough to hand a reply over or back. It is also how long one stays away that SQS gave to a process which did not take it any more.
    private const int VisibilitySeconds = 2;
    private const int RestSeconds = 1;
    private const int MostFailures = 6;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);

    /// <summary>Why the last receive failed; null where it did not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Receives until nobody waits any more.</summary>
    public async Task RunAsync(CancellationToken idle)
    {
        var settling = Task.CompletedTask;
        for (var failures = 0; !idle.IsCancellationRequested;)
        {
            try
            {
                var messages = await ReceiveAsync(idle).ConfigureAwait(false);
                (Failure, failures) = (null, 0);
                var answers = messages.ConvertAll(m => (m.ReceiptHandle!, After: Take(m)));

                // Beside the next receive, and one after the other.
                await settling.ConfigureAwait(false);
                settling = SettleAsync(answers);
            }
            catch (OperationCanceledException) when (idle.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // No failure of a receive ends it: who waits has a deadline, and is told of the failure then.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Failure = e;
                failures = Math.Min(failures + 1, MostFailures);
                var delay = Backoff.Next(failures, FirstBackoff);
                logger.RepliesNotReceived(e, options.ReplyQueue, delay);
                await Task.Delay(delay, time, idle).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await settling.ConfigureAwait(false);
    }

    private async Task<List<Message>> ReceiveAsync(CancellationToken idle)
    {
        var response = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = options.ReplyQueueUrl,
                MaxNumberOfMessages = SqsRules.LargestBatch,
                WaitTimeSeconds = WaitSeconds,
                VisibilityTimeout = VisibilitySeconds,
                MessageSystemAttributeNames = ["ApproximateReceiveCount"],
            },
            idle).ConfigureAwait(false);
        return response.Messages ?? [];
    }

    /// <summary>In how many seconds the message shall be visible again; null where it is done with.</summary>
    private int? Take(Message message)
    {
        CloudEvent reply;
        ReadOnlyMemory<byte> data;
        try
        {
            (reply, data) = CloudEventReader.Read(Encoding.UTF8.GetBytes(message.Body ?? ""));
        }
        catch (InvalidCloudEventException e)
        {
            return Drop(message.MessageId, "unreadable", e.Message);
        }

        if (ReplyAddress.TryParse(reply.ReplyTo) is not { } address || reply is not { CausationId: { } request, Deadline: { } deadline })
            return Drop(reply.Id, "unreadable", "It does not name its request, its asker and its deadline.");
        if (address.Client == client && tryAnswer(request, new(reply.Type, data)))
            return null;
        if (deadline <= time.GetUtcNow())
            return Drop(reply.Id, "late", "Its deadline has passed.");
        if (address.Client == client)
            return Drop(reply.Id, "unexpected", "Its request was answered before, or was given up.");
        return ReceiveCount(message) <= options.HandBacks ? 0 : RestSeconds;
    }

    private int? Drop(string? messageId, string cause, string reason)
    {
        logger.ReplyDropped(options.ReplyQueue, messageId, reason);
        RequestMetrics.Dropped(options.ReplyQueue, cause);
        return null;
    }

    // What fails here is visible again in two seconds, and is taken again.
    private async Task SettleAsync(List<(string ReceiptHandle, int? After)> answers)
    {
        try
        {
            if (answers.FindAll(a => a.After is null) is { Count: > 0 } done)
            {
                await sqs.DeleteMessageBatchAsync(
                    new DeleteMessageBatchRequest(options.ReplyQueueUrl, [.. done.Select((a, i) => new DeleteMessageBatchRequestEntry(SqsRules.EntryId(i), a.ReceiptHandle))]),
                    CancellationToken.None).ConfigureAwait(false);
            }

            if (answers.FindAll(a => a.After is not null) is { Count: > 0 } others)
            {
                await sqs.ChangeMessageVisibilityBatchAsync(
                    new ChangeMessageVisibilityBatchRequest(
                        options.ReplyQueueUrl,
                        [.. others.Select((a, i) => new ChangeMessageVisibilityBatchRequestEntry(SqsRules.EntryId(i), a.ReceiptHandle) { VisibilityTimeout = a.After })]),
                    CancellationToken.None).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Replies are handed over by now: this is only tidying up, and is done again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.RepliesNotSettled(e, options.ReplyQueue, answers.Count);
        }
    }

    private static int ReceiveCount(Message message) =>
        int.TryParse(message.Attributes?.GetValueOrDefault("ApproximateReceiveCount"), CultureInfo.InvariantCulture, out var count) ? count : 1;
}
