using System.Text;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace Messaging.Publishing;

/// <summary>Sends messages to topics and queues in full batches, in order per key, and tells of each one that did not get out.</summary>
/// <param name="sqs">For queues.</param>
/// <param name="sns">For topics.</param>
/// <param name="addresses">Where destinations are.</param>
public sealed class Publisher(IAmazonSQS sqs, IAmazonSimpleNotificationService sns, DestinationAddresses addresses)
{

    // SNS's limit for a whole batch; some of it is left for attributes and ids.
    private const int LargestBatchBytes = 255 * 1_024;

    // What only another message could change. A refused key or policy is the sender's fault too, but one that somebody mends.
    private static readonly HashSet<string> FinalErrors = new(StringComparer.Ordinal)
    {
        "InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "InvalidMessageContents", "InvalidAttributeValue",
    };

    /// <summary>Sends messages to one destination. A message is not tried after an earlier one of its key failed, and none after a call failed as a whole.</summary>
    /// <param name="destination">The logical name.</param>
    /// <param name="messages">In the order that each key's messages must keep.</param>
    /// <param name="cancellationToken">Stops between and in calls; what was not known to arrive is reported as failed.</param>
    /// <returns>The messages that did not get out, or may not have: send those again.</returns>
    public async Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> messages, CancellationToken cancellationToken)
    {
        var failures = new List<PublishFailure>();
        var failedKeys = new HashSet<string>(StringComparer.Ordinal);
        string? destinationFailure = null;

        var waiting = new Queue<Outbound>(messages);
        while (waiting.Count > 0)
        {
            var batch = TakeBatch(waiting, failedKeys, failures);
            if (batch.Count == 0)
                continue;
            if (destinationFailure is not null)
            {
                failures.AddRange(batch.Select(m => new PublishFailure(m.Id, destinationFailure, IsFinal: false, HeldBack: true)));
                continue;
            }

            try
            {
                foreach (var failure in await SendAsync(addresses[destination], batch, cancellationToken).ConfigureAwait(false))
                {
                    failures.Add(failure);
                    failedKeys.Add(batch.First(m => m.Id == failure.MessageId).Key);
                }
            }
#pragma warning disable CA1031 // Nobody knows which of them arrived: all are reported, none is lost.
            catch (Exception e)
#pragma warning restore CA1031
            {
                destinationFailure = $"{e.GetType().Name}: {e.Message}";
                failures.AddRange(batch.Select(m => new PublishFailure(m.Id, destinationFailure, IsFinal: false, HeldBack: false)));
            }
        }

        return failures;
    }

    /// <summary>The next messages that fit a call. Two of one key never share a call: one could fail and the other overtake it.</summary>
    private static List<Outbound> TakeBatch(Queue<Outbound> waiting, HashSet<string> failedKeys, List<PublishFailure> failures)
    {
        var batch = new List<Outbound>(SqsRules.LargestBatch);
        var bytes = 0;
        while (batch.Count < SqsRules.LargestBatch && waiting.TryPeek(out var next))
        {
            bytes += Encoding.UTF8.GetByteCount(next.Body);
            if (batch.Count > 0 && (bytes > LargestBatchBytes || batch.Exists(m => m.Key == next.Key)))
                break;
            waiting.Dequeue();
            if (failedKeys.Contains(next.Key))
                failures.Add(new(next.Id, "An earlier message of its key failed.", IsFinal: false, HeldBack: true));
            else
                batch.Add(next);
        }

        return batch;
    }

    private Task<IEnumerable<PublishFailure>> SendAsync(string address, List<Outbound> batch, CancellationToken cancellationToken) =>
        address.StartsWith("arn:", StringComparison.Ordinal)
            ? TopicBatch.SendAsync(sns, address, batch, cancellationToken)
            : QueueBatch.SendAsync(sqs, address, batch, cancellationToken);

    /// <summary>What the answer does not name at all counts as failed: nobody knows what became of it.</summary>
    internal static IEnumerable<PublishFailure> Failures(
        List<Outbound> batch, IEnumerable<string> successful, IEnumerable<(string EntryId, string Code, string Reason, bool SenderFault)> failed)
    {
        var named = successful.ToHashSet(StringComparer.Ordinal);
        foreach (var (entryId, code, reason, senderFault) in failed)
        {
            named.Add(entryId);
            yield return new(batch[SqsRules.EntryIndex(entryId)].Id, $"{code}: {reason}", senderFault && FinalErrors.Contains(code), HeldBack: false);
        }

        for (var i = 0; i < batch.Count; i++)
        {
            if (!named.Contains(SqsRules.EntryId(i)))
                yield return new(batch[i].Id, "The service's answer does not say what became of it.", IsFinal: false, HeldBack: false);
        }
    }
}
