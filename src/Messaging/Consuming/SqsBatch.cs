using System.Collections.Concurrent;
using System.Globalization;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS;

namespace Messaging.Consuming;

/// <summary>
/// Answers a batch of a queue message by message. Standard queue: bounded parallel. FIFO queue: groups in parallel, strict order inside a
/// group, and a failure hands back only the rest of its own group.
/// </summary>
/// <param name="consumer">Handles one message.</param>
/// <param name="sqs">Sets delays and writes to the dead-letter queue.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock.</param>
public sealed class SqsBatch(Consumer consumer, IAmazonSQS sqs, SqsBatchOptions options, TimeProvider time)
{
    private readonly DeadLetterQueue _deadLetters = new(sqs, options, consumer);
    private readonly VisibilityDelays _delays = new(sqs, options, consumer, time);

    /// <summary>Works through a batch.</summary>
    /// <param name="batch">What Lambda handed over.</param>
    /// <param name="remaining">How long Lambda lets the invocation run.</param>
    /// <param name="cancellationToken">Cancels the whole.</param>
    /// <returns>The messages that must come back; the mapping must be set to report batch item failures.</returns>
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, TimeSpan remaining, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(remaining * (1 - options.DeadlineReserve), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);

        var returned = new ConcurrentBag<Returned>();
        await Parallel.ForEachAsync(
            Lanes(batch),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (lane, _) => await HandleLaneAsync(lane, returned, either.Token).ConfigureAwait(false)).ConfigureAwait(false);

        await _delays.ApplyAsync(returned, cancellationToken).ConfigureAwait(false);
        return new SQSBatchResponse { BatchItemFailures = [.. returned.Select(r => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = r.Message.MessageId })] };
    }

    // A group id on a standard queue spreads load between tenants and promises no order, so only FIFO queues have lanes of several messages.
    private static IEnumerable<IEnumerable<SQSEvent.SQSMessage>> Lanes(SQSEvent batch)
    {
        var messages = batch.Records ?? [];
        return messages.Count > 0 && messages[0].EventSourceArn!.EndsWith(".fifo", StringComparison.Ordinal)
            ? messages.GroupBy(m => m.Attributes!["MessageGroupId"], StringComparer.Ordinal)
            : messages.Select(m => new[] { m });
    }

    private async Task HandleLaneAsync(IEnumerable<SQSEvent.SQSMessage> lane, ConcurrentBag<Returned> returned, CancellationToken cancellationToken)
    {
        TimeSpan? heldBack = null;
        foreach (var message in lane)
        {
            if (heldBack is null && cancellationToken.IsCancellationRequested)
                heldBack = Backoff.Next(ReceiveCount(message), options.FirstBackoff, Random.Shared.NextDouble());
            heldBack ??= await HandleMessageAsync(message, cancellationToken).ConfigureAwait(false);
            if (heldBack is { } delay)
                returned.Add(new(message, delay));
        }
    }

    /// <summary>Null where the message is dealt with, else the delay after which it comes back.</summary>
    private async Task<TimeSpan?> HandleMessageAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
    {
        var receiveCount = ReceiveCount(message);
        var verdict = await consumer.HandleAsync(message.Body!, receiveCount, cancellationToken).ConfigureAwait(false);
        return verdict switch
        {
            { Acknowledges: true } => null,
            Verdict.DeadLettered dead when await _deadLetters.TrySendAsync(message, dead, receiveCount).ConfigureAwait(false) => null,
            Verdict.Retried { After: { } after } => after,
            Verdict.Deferred deferred => deferred.Until - time.GetUtcNow(),
            _ => Backoff.Next(receiveCount, options.FirstBackoff, Random.Shared.NextDouble()),
        };
    }

    private static int ReceiveCount(SQSEvent.SQSMessage message) => int.Parse(message.Attributes!["ApproximateReceiveCount"], CultureInfo.InvariantCulture);
}

/// <summary>A message that must come back, and when.</summary>
internal readonly record struct Returned(SQSEvent.SQSMessage Message, TimeSpan Delay);
