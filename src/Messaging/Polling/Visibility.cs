using Amazon.SQS.Model;

namespace Messaging.Polling;

/// <summary>Hides up to ten messages for a time, and knows of each whether it is still ours.</summary>
internal sealed class Visibility(WorkerContext worker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Those that were not changed though they are ours: worth another try. What is not ours any more is marked as lost.</summary>
    public async Task<IReadOnlyList<T>> ChangeAsync<T>(IReadOnlyList<T> messages, Func<T, (Held Held, TimeSpan Time)> read, CancellationToken cancellationToken)
    {
        var now = worker.Time.GetUtcNow();
        var asked = messages.Select(read).Select(m => (m.Held, Seconds: SqsRules.Seconds(m.Held.Allowed(m.Time, now), SqsWorkerOptions.LongestHold))).ToArray();
        try
        {
            using var limit = new TimeLimit(Patience, worker.Time, cancellationToken);
            var request = new ChangeMessageVisibilityBatchRequest(
                worker.Options.QueueUrl,
                [.. asked.Select((a, i) => new ChangeMessageVisibilityBatchRequestEntry(SqsRules.EntryId(i), a.Held.Delivery.ReceiptHandle) { VisibilityTimeout = a.Seconds })]);
            var response = await worker.Sqs.ChangeMessageVisibilityBatchAsync(request, limit.Token).ConfigureAwait(false);
            foreach (var entry in response.Successful ?? [])
            {
                var (held, seconds) = asked[SqsRules.EntryIndex(entry.Id)];
                held.Extended(now, TimeSpan.FromSeconds(seconds));
            }

            return [.. (response.Failed ?? []).Where(f => MayTryAgain(f, asked[SqsRules.EntryIndex(f.Id)].Held)).Select(f => messages[SqsRules.EntryIndex(f.Id)])];
        }
#pragma warning disable CA1031 // A call that failed costs time, not messages: it is tried again, and in the end their visibility timeout brings them back.
        catch (Exception e)
#pragma warning restore CA1031
        {
            worker.Logger.HidingFailed(e, worker.Consumer, messages.Count);
            return messages;
        }
    }

    private bool MayTryAgain(BatchResultErrorEntry failed, Held held)
    {
        if (failed.SenderFault != true)
            return true;
        held.Lose();
        worker.Logger.ReceiptLost(worker.Consumer, held.Delivery.MessageId, failed.Code ?? "refused");
        return false;
    }
}
