using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS;
using Amazon.SQS.Model;

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
    private readonly Lane _lane = new(consumer, new(consumer, sqs, options, time));
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
        void Settle(Delivery delivery, TimeSpan? returnAfter)
        {
            if (returnAfter is { } delay)
                returned.Add(new(delivery, delay));
        }

        await Parallel.ForEachAsync(
            Lanes(batch),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (lane, _) => await _lane.RunAsync(lane, Settle, either.Token, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

        await _delays.ApplyAsync(returned, cancellationToken).ConfigureAwait(false);
        return new SQSBatchResponse { BatchItemFailures = [.. returned.Select(r => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = r.Delivery.MessageId })] };
    }

    // A group id on a standard queue spreads load between tenants and promises no order, so only FIFO queues have lanes of several messages.
    private static IEnumerable<IReadOnlyList<Delivery>> Lanes(SQSEvent batch)
    {
        var deliveries = (batch.Records ?? []).Select(ToDelivery).ToArray();
        return deliveries.Length > 0 && deliveries[0].Source.EndsWith(".fifo", StringComparison.Ordinal)
            ? deliveries.GroupBy(d => d.GroupId, StringComparer.Ordinal).Select(g => g.ToArray())
            : deliveries.Select(d => new[] { d });
    }

    private static Delivery ToDelivery(SQSEvent.SQSMessage message) => new()
    {
        MessageId = message.MessageId!,
        ReceiptHandle = message.ReceiptHandle!,
        Body = Encoding.UTF8.GetBytes(message.Body!),
        Source = message.EventSourceArn!,
        ReceiveCount = int.Parse(message.Attributes!["ApproximateReceiveCount"], CultureInfo.InvariantCulture),
        GroupId = message.Attributes.GetValueOrDefault("MessageGroupId"),
        TraceHeader = message.Attributes.GetValueOrDefault("AWSTraceHeader"),
        Attributes = (message.MessageAttributes ?? []).ToDictionary(
            a => a.Key,
            a => new MessageAttributeValue { DataType = a.Value.DataType, StringValue = a.Value.StringValue, BinaryValue = a.Value.BinaryValue },
            StringComparer.Ordinal),
    };
}
