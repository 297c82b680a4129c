using System.Runtime.InteropServices;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS;
using Messaging.Diagnostics;

namespace Messaging.Consuming;

/// <summary>
/// Answers a batch of a queue message by message. Standard queue: bounded parallel. FIFO queue: groups in parallel, strict order inside a
/// group, and a failure hands back only the rest of its own group. The mapping must be set to report batch item failures.
/// </summary>
/// <param name="consumer">Handles one message.</param>
/// <param name="sqs">Sets delays and writes to the dead-letter queue.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock.</param>
public sealed class SqsBatch(Consumer consumer, IAmazonSQS sqs, SqsBatchOptions options, TimeProvider time)
{
    private readonly Lane _lane = new(consumer, new(consumer, sqs, options, time));
    private readonly VisibilityDelays _delays = new(sqs, options, consumer, time);

    /// <summary>Works through a batch, from the bytes that Lambda hands over to those it expects.</summary>
    /// <param name="batch">The event, as UTF-8 JSON of at most 6 MB. Nothing of it is kept after the call.</param>
    /// <param name="remaining">How long Lambda lets the invocation run.</param>
    /// <param name="cancellationToken">Cancels the whole.</param>
    /// <returns>The answer, as UTF-8 JSON: the messages that must come back.</returns>
    /// <exception cref="InvalidDataException">It is not an event of SQS. The content is not quoted.</exception>
    public async Task<Stream> HandleAsync(Stream batch, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        FailPoint.Before(Step.Receive);
        var lambdaEvent = await LambdaEvent.ReadAsync(batch, options.QueueUrl, cancellationToken).ConfigureAwait(false);
        FailPoint.After(Step.Receive);
        var outcome = await AnswerAsync(lambdaEvent, started, remaining, cancellationToken).ConfigureAwait(false);
        var answer = LambdaAnswer.Write(outcome.Ids());
        return MemoryMarshal.TryGetArray(answer, out var bytes)
            ? new AnswerStream(bytes)
            : throw new InvalidOperationException("The answer is not an array.");
    }

    /// <summary>The same, for those who have a handler of typed events.</summary>
    /// <param name="batch">What Lambda handed over.</param>
    /// <param name="remaining">How long Lambda lets the invocation run.</param>
    /// <param name="cancellationToken">Cancels the whole.</param>
    /// <returns>The messages that must come back.</returns>
    /// <exception cref="InvalidDataException">It is not an event of SQS. The content is not quoted.</exception>
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var outcome = await AnswerAsync(LambdaEvent.From(batch, options.QueueUrl), time.GetTimestamp(), remaining, cancellationToken).ConfigureAwait(false);
        return new([.. outcome.Ids().Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id })]);
    }

    private async Task<BatchOutcome> AnswerAsync(LambdaEvent batch, long started, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var fifo = options.IsFifo || batch.Deliveries is [var first, ..] && SqsRules.IsFifo(first.Source);
        var run = new BatchRun(consumer, _lane, Lanes.Of(batch.Deliveries, fifo), new(batch.Deliveries.Count), options.Concurrency, cancellationToken);
        await run.GetGoingAsync().ConfigureAwait(false);
        if (!await run.EndsWithinAsync(Left(options.HandlersEnd), time, cancellationToken).ConfigureAwait(false))
        {
            run.Stop();
            await run.EndsWithinAsync(Left(options.LanesEnd), time, cancellationToken).ConfigureAwait(false);
        }

        var outcome = run.Close();
        cancellationToken.ThrowIfCancellationRequested();

        // An abandoned message may be sent to the dead-letter queue yet, and its handler may still read it.
        if (run.HasEnded && outcome.Abandoned.Count == 0)
            batch.Dispose();
        if (outcome.Returned.Count + outcome.Abandoned.Count > 0)
            await FinishAsync(outcome, Left(options.DelaysEnd), cancellationToken).ConfigureAwait(false);
        FailPoint.Before(Step.Acknowledge);
        return outcome;

        TimeSpan Left(double part) => remaining * part - time.GetElapsedTime(started) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
    }

    private async Task FinishAsync(BatchOutcome outcome, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(patience, time, cancellationToken);
        var givingUp = outcome.Abandoned.ConvertAll(abandoned => _lane.GiveUpAsync(abandoned.Run, limit.Token));
        await _delays.ApplyAsync(outcome.Returned.Where(r => r.Delivery.ReceiptHandle.Length > 0), limit.Token).ConfigureAwait(false);
        Task allGivenUp = Task.WhenAll(givingUp);
        await allGivenUp.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var i = givingUp.Count - 1; i >= 0; i--)
        {
            var (delivery, run) = outcome.Abandoned[i];
            if (givingUp[i] is { IsCompletedSuccessfully: true, Result: true })
                outcome.Abandoned.RemoveAt(i);
            else if (run.Unfinished is not null)
                consumer.Logger.Abandoned(consumer.Name, delivery.MessageId);
            else
                consumer.Logger.NotCarriedOut(consumer.Name, delivery.MessageId);
        }
    }
}
