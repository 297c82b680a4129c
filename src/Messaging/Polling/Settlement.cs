using Amazon.SQS.Model;
using Messaging.Diagnostics;

namespace Messaging.Polling;

/// <summary>Acknowledges and hands back, ten messages at a call, and tries again what fails for as long as the messages are hidden.</summary>
internal sealed class Settlement : IDisposable
{
    private const int FarBehind = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly WorkerContext _worker;
    private readonly Batches<Held> _done;
    private readonly Batches<Return> _returned;

    public Settlement(Visibility visibility, WorkerContext worker)
    {
        _worker = worker;
        var (options, time) = (worker.Options, worker.Time);

        // One call at a time keeps the answers of a FIFO group in their order.
        var senders = options.IsFifo ? 1 : 4;
        _done = new(DeleteAsync, options.AcknowledgeWithin, senders, time);
        _returned = new(
            async (batch, cancellationToken) =>
            {
                var again = await visibility.ChangeAsync(batch, r => (r.Held, r.After), cancellationToken).ConfigureAwait(false);
                return [.. again.Where(r => r.Held.VisibleAt > time.GetUtcNow())];
            },
            options.AcknowledgeWithin,
            senders,
            time);
    }

    private readonly record struct Return(Held Held, TimeSpan After);

    /// <summary>Answers that are not being sent yet.</summary>
    public int Waiting => _done.Waiting + _returned.Waiting;

    /// <summary>True where so many answers wait that the queue seems to take none: then receiving more would only make more of them.</summary>
    public bool IsFarBehind => Waiting > FarBehind + _worker.Options.MaxInFlight;

    public void Add(Held held, TimeSpan? returnAfter, bool atOnce)
    {
        if (returnAfter is { } after)
            _returned.Add(new(held, after), atOnce);
        else
            _done.Add(held, atOnce);
    }

    /// <summary>Sends what there is now.</summary>
    public void Flush()
    {
        _done.Flush();
        _returned.Flush();
    }

    public Task RunAsync(CancellationToken giveUp) => Task.WhenAll(_done.RunAsync(giveUp), _returned.RunAsync(giveUp));

    /// <summary>Nothing is added any more: <see cref="RunAsync"/> ends when all is sent.</summary>
    public void Complete()
    {
        _done.Complete();
        _returned.Complete();
    }

    public void Dispose()
    {
        _done.Dispose();
        _returned.Dispose();
    }

    private async Task<IReadOnlyList<Held>> DeleteAsync(IReadOnlyList<Held> batch, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = new TimeLimit(Patience, _worker.Time, cancellationToken);
            var request = new DeleteMessageBatchRequest(
                _worker.Options.QueueUrl,
                [.. batch.Select((held, i) => new DeleteMessageBatchRequestEntry(SqsRules.EntryId(i), held.Delivery.ReceiptHandle))]);
            FailPoint.Before(Step.Delete);
            var response = await _worker.Sqs.DeleteMessageBatchAsync(request, limit.Token).ConfigureAwait(false);
            FailPoint.After(Step.Delete);
            var again = new List<Held>();
            foreach (var failed in (response.Failed ?? []).OrderBy(f => SqsRules.EntryIndex(f.Id)))
            {
                var held = batch[SqsRules.EntryIndex(failed.Id)];
                if (failed.SenderFault == true)
                    _worker.Logger.AcknowledgementLost(_worker.Consumer, held.Delivery.MessageId, failed.Code ?? "refused");
                else
                    again.Add(held);
            }

            return StillHidden(again);
        }
#pragma warning disable CA1031 // Whatever it was, it is tried again for as long as there is time.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _worker.Logger.AcknowledgeFailed(e, _worker.Consumer, batch.Count);
            return StillHidden(batch);
        }
    }

    private List<Held> StillHidden(IReadOnlyList<Held> messages)
    {
        var now = _worker.Time.GetUtcNow();
        foreach (var gone in messages.Where(m => m.VisibleAt <= now))
            _worker.Logger.AcknowledgementLost(_worker.Consumer, gone.Delivery.MessageId, "its visibility timeout has ended");
        return [.. messages.Where(m => m.VisibleAt > now)];
    }
}
