using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Messaging.Consuming;

/// <summary>A message that must come back, and when.</summary>
internal readonly record struct Returned(Delivery Delivery, TimeSpan Delay);

/// <summary>Tells the queue when messages come back, ten at a call.</summary>
internal sealed class VisibilityDelays(IAmazonSQS sqs, QueueOptions options, Consumer consumer, TimeProvider time)
{

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // SQS counts its 12 hours from the receive, and Lambda may have had the message for 15 minutes by now.
    private static readonly TimeSpan LongestDelay = Backoff.Longest - TimeSpan.FromMinutes(15);

    public async Task ApplyAsync(IEnumerable<Returned> returned, CancellationToken cancellationToken)
    {
        foreach (var chunk in returned.Chunk(SqsRules.LargestBatch))
        {
            var request = new ChangeMessageVisibilityBatchRequest
            {
                QueueUrl = options.QueueUrl,
                Entries = [.. chunk.Select((r, i) => new ChangeMessageVisibilityBatchRequestEntry
                {
                    Id = SqsRules.EntryId(i),
                    ReceiptHandle = r.Delivery.ReceiptHandle,
                    VisibilityTimeout = SqsRules.Seconds(r.Delay, LongestDelay),
                })],
            };

            try
            {
                using var limit = new TimeLimit(Patience, time, cancellationToken);
                var response = await sqs.ChangeMessageVisibilityBatchAsync(request, limit.Token).ConfigureAwait(false);
                foreach (var failed in response.Failed ?? [])
                    consumer.Logger.VisibilityRefused(MessageId(chunk, failed.Id), failed.Code);
            }
#pragma warning disable CA1031 // A delay that could not be set costs time, not messages: the queue's own visibility timeout brings them back.
            catch (Exception e)
#pragma warning restore CA1031
            {
                consumer.Logger.VisibilityFailed(e, chunk.Length);
            }
        }
    }

    private static string? MessageId(Returned[] chunk, string? entryId) =>
        int.TryParse(entryId, CultureInfo.InvariantCulture, out var i) && i >= 0 && i < chunk.Length ? chunk[i].Delivery.MessageId : entryId;
}
