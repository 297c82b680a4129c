using System.Text;
using Amazon.Runtime;
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
    private static readonly HashSet<string> BadMessageErrors = new(StringComparer.Ordinal)
    {
        "InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "InvalidMessageContents", "InvalidAttributeValue", "BatchRequestTooLong",
    };

    /// <summary>Sends messages to one destination. A message is not tried after an earlier one of its key failed, and none after the destination failed.</summary>
    /// <param name="destination">The logical name.</param>
    /// <param name="messages">In the order that each key's messages must keep.</param>
    /// <param name="cancellationToken">Stops between and in calls; what was not known to arrive is reported as failed.</param>
    /// <returns>The messages that did not get out, or may not have: send those again.</returns>
    public async Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> messages, CancellationToken cancellationToken)
    {
        var failures = new List<PublishFailure>();
        var failedKeys = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<Outbound>(messages);
        while (waiting.Count > 0)
        {
            var batch = TakeBatch(waiting, failedKeys, failures);
            if (batch.Count == 0)
                continue;
            var failed = await TrySendAsync(destination, batch, cancellationToken).ConfigureAwait(false);
            failures.AddRange(failed);
            if (failed.FirstOrDefault(f => f.Cause == PublishFailureCause.Destination) is { } away)
            {
                failures.AddRange(waiting.Select(m => away with { MessageId = m.Id }));
                break;
            }

            foreach (var failure in failed)
                failedKeys.Add(batch.First(m => m.Id == failure.MessageId).Key);
        }

        return failures;
    }

    /// <summary>An answer that does not name each message once tells nothing: the whole call is unknown, and all of it is sent again.</summary>
    internal static IReadOnlyList<PublishFailure> Failures(
        List<Outbound> batch, IEnumerable<string?> successful, IEnumerable<(string? EntryId, string Code, string Reason, bool SenderFault)> failed)
    {
        var failures = failed.ToArray();
        var named = successful.Concat(failures.Select(f => f.EntryId)).ToArray();
        if (named.Length != batch.Count || !named.ToHashSet(StringComparer.Ordinal).SetEquals(Enumerable.Range(0, batch.Count).Select(SqsRules.EntryId)))
        {
            var reason = $"The service's answer names {named.Length} entries where {batch.Count} were sent: nobody knows what became of them.";
            return [.. batch.Select(m => new PublishFailure(m.Id, reason, PublishFailureCause.Message))];
        }

        return [.. failures.Select(f => new PublishFailure(
            batch[SqsRules.EntryIndex(f.EntryId)].Id,
            $"{f.Code}: {f.Reason}",
            f.SenderFault && BadMessageErrors.Contains(f.Code) ? PublishFailureCause.BadMessage : PublishFailureCause.Message))];
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
                failures.Add(new(next.Id, "An earlier message of its key failed.", PublishFailureCause.EarlierMessage));
            else
                batch.Add(next);
        }

        return batch;
    }

    private async Task<IReadOnlyList<PublishFailure>> TrySendAsync(string destination, List<Outbound> batch, CancellationToken cancellationToken)
    {
        try
        {
            // Not left to the client, which may have begun to send by the time it looks.
            cancellationToken.ThrowIfCancellationRequested();
            return await SendAsync(addresses[destination], batch, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (BadMessageErrors.Contains(e.ErrorCode ?? ""))
        {
            // The service names none of them: each is sent alone, so that one cannot keep the other nine back.
            return batch.Count > 1
                ? await SendEachAsync(destination, batch, cancellationToken).ConfigureAwait(false)
                : [new(batch[0].Id, Reason(e), IsAboutBody(e) ? PublishFailureCause.BadMessage : PublishFailureCause.Message)];
        }
#pragma warning disable CA1031 // Nobody knows which of them arrived: all are reported, none is lost.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return [.. batch.Select(m => new PublishFailure(m.Id, Reason(e), PublishFailureCause.Destination))];
        }
    }

    private async Task<IReadOnlyList<PublishFailure>> SendEachAsync(string destination, List<Outbound> batch, CancellationToken cancellationToken)
    {
        var failures = new List<PublishFailure>();
        foreach (var message in batch)
        {
            failures.AddRange(await TrySendAsync(destination, [message], cancellationToken).ConfigureAwait(false));
            if (failures is [.., { Cause: PublishFailureCause.Destination } away])
                return [.. failures, .. batch.SkipWhile(m => m.Id != message.Id).Skip(1).Select(m => away with { MessageId = m.Id })];
        }

        // What is refused whatever the message is not the messages' fault.
        return failures.Count == batch.Count && failures.TrueForAll(f => f.Cause == PublishFailureCause.Message)
            ? [.. failures.Select(f => f with { Cause = PublishFailureCause.Destination })]
            : failures;
    }

    private Task<IReadOnlyList<PublishFailure>> SendAsync(string address, List<Outbound> batch, CancellationToken cancellationToken) =>
        address.StartsWith("arn:", StringComparison.Ordinal)
            ? TopicBatch.SendAsync(sns, address, batch, cancellationToken)
            : QueueBatch.SendAsync(sqs, address, batch, cancellationToken);

    // A parameter that is refused with the whole call may as well be the address, which somebody mends.
    private static bool IsAboutBody(AmazonServiceException exception) => exception.ErrorCode is "InvalidMessageContents" or "BatchRequestTooLong";

    private static string Reason(Exception exception) => $"{exception.GetType().Name}: {exception.Message}";
}
