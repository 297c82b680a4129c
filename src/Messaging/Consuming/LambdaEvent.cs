using System.Buffers;
using System.Text;
using Amazon.Lambda.SQSEvents;

namespace Messaging.Consuming;

/// <summary>
/// What Lambda handed over: deliveries whose bodies may stand in pooled memory. Disposing gives that memory back: only when no lane can read it
/// any more. Where one may, do not dispose, and leave the memory to the garbage collector.
/// </summary>
internal sealed class LambdaEvent(IReadOnlyList<Delivery> deliveries, byte[]? pooled = null) : IDisposable
{
    /// <summary>What Lambda takes at most, in bytes: its own errors name this number.</summary>
    public const int LargestEvent = 6_291_556;

    private byte[]? _pooled = pooled;

    public IReadOnlyList<Delivery> Deliveries { get; } = deliveries;

    /// <summary>Reads an event. Nothing of the stream's memory is kept: it belongs to Lambda's runtime client, which uses it again.</summary>
    /// <param name="utf8">The event as JSON.</param>
    /// <param name="queueUrl">The queue, where a record does not name it.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="InvalidDataException">It is not an event of SQS, or too large. The content is not quoted.</exception>
    public static async ValueTask<LambdaEvent> ReadAsync(Stream utf8, string queueUrl, CancellationToken cancellationToken)
    {
        if (utf8 is MemoryStream memory && memory.TryGetBuffer(out var bytes))
            return LambdaEventReader.Read(bytes.AsSpan((int)memory.Position), queueUrl);

        var most = utf8.CanSeek ? Math.Min(utf8.Length - utf8.Position, LargestEvent) : LargestEvent;
        var buffer = ArrayPool<byte>.Shared.Rent((int)most + 1);
        try
        {
            var length = await utf8.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return LambdaEventReader.Read(buffer.AsSpan(0, length), queueUrl);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The same from an event that a serializer has read.</summary>
    public static LambdaEvent From(SQSEvent batch, string queueUrl)
    {
        var records = batch.Records ?? throw LambdaEventReader.NotSqs();
        var deliveries = new Delivery[records.Count];
        for (var i = 0; i < deliveries.Length; i++)
            deliveries[i] = ToDelivery(records[i], i, queueUrl);
        return new(deliveries);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pooled, null) is { } memory)
            ArrayPool<byte>.Shared.Return(memory);
    }

    private static Delivery ToDelivery(SQSEvent.SQSMessage message, int position, string queueUrl) => new()
    {
        MessageId = message.MessageId is { Length: > 0 } id ? id : throw LambdaEventReader.Nameless(),
        ReceiptHandle = message.ReceiptHandle ?? "",
        Body = Encoding.UTF8.GetBytes(message.Body ?? ""),
        Source = message.EventSourceArn ?? queueUrl,
        Position = position,
        SystemAttributes = SystemAttributes.From(message.Attributes),
        Attributes = MessageAttributes.From(message.MessageAttributes),
    };
}
