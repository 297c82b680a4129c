using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS.Model;
using Messaging.Consuming;

namespace Messaging.Tests;

/// <summary>What Lambda hands over and gets back, by Lambda's own serializer.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class LambdaJson : JsonSerializerContext;

/// <summary>Batches, as events and as bytes.</summary>
internal static class LambdaEvents
{
    private static readonly SourceGeneratorLambdaJsonSerializer<LambdaJson> Serializer = new();

    public static string Arn(string queueName) => $"arn:aws:sqs:us-east-1:000000000000:{queueName}";

    /// <summary>What was received, as Lambda's poller would hand it over.</summary>
    public static SQSEvent Of(IReadOnlyList<Message>? messages, string queueName) => new()
    {
        Records = [.. (messages ?? []).Select(m => new SQSEvent.SQSMessage
        {
            MessageId = m.MessageId,
            ReceiptHandle = m.ReceiptHandle,
            Body = m.Body,
            Attributes = m.Attributes,
            MessageAttributes = m.MessageAttributes?.ToDictionary(
                a => a.Key,
                a => new SQSEvent.MessageAttribute { DataType = a.Value.DataType, StringValue = a.Value.StringValue, BinaryValue = a.Value.BinaryValue }),
            EventSource = "aws:sqs",
            EventSourceArn = Arn(queueName),
            AwsRegion = "us-east-1",
        })],
    };

    /// <summary>As Lambda writes it, which is not how its serializer would: <c>Records</c>, but <c>messageId</c>.</summary>
    public static byte[] ToBytes(this SQSEvent batch)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            foreach (var record in batch.Records!)
                Write(json, record);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static SQSEvent ToEvent(ReadOnlySpan<byte> utf8)
    {
        using var stream = new MemoryStream(utf8.ToArray());
        return Serializer.Deserialize<SQSEvent>(stream);
    }

    /// <summary>The ids that the batch answers with, through its bytes.</summary>
    public static async Task<IReadOnlyList<string>> AnswerAsync(this SqsBatch batch, byte[] payload, TimeSpan remaining)
    {
        using var message = new MemoryStream(payload);
        await using var answer = await batch.HandleAsync(message, remaining, TestContext.Current.CancellationToken);
        using var json = await JsonDocument.ParseAsync(answer);
        return [.. json.RootElement.GetProperty("batchItemFailures").EnumerateArray().Select(f => f.GetProperty("itemIdentifier").GetString()!)];
    }

    private static void Write(Utf8JsonWriter json, SQSEvent.SQSMessage record)
    {
        json.WriteStartObject();
        json.WriteString("messageId", record.MessageId);
        json.WriteString("receiptHandle", record.ReceiptHandle);
        json.WriteString("body", record.Body);
        json.WriteStartObject("attributes");
        foreach (var (name, value) in record.Attributes ?? [])
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("eventSource", record.EventSource);
        json.WriteString("eventSourceARN", record.EventSourceArn);
        json.WriteEndObject();
    }
}
