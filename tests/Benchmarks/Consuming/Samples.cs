using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Contracts;
using Messaging.Envelope;

namespace Benchmarks.Consuming;

/// <summary>A command to book a room, alone and in Lambda's batches.</summary>
internal static class Samples
{
    public static PlaceBooking Data { get; } = new(
        Guid.Parse("01a1f8d3-ea00-73c1-8a9d-04f7b25e618c"), "hotel-1", "double", new(2027, 3, 1), new(2027, 3, 3), new("Ada Lovelace", "ada@example.com"));

    public static CloudEvent Attributes { get; } = new("01a1f8d3-ea0c-781e-80b7-c25d93a46f10", "/booking", Messages.PlaceBooking.Type, new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero))
    {
        PartitionKey = "01a1f8d3-ea00-73c1-8a9d-04f7b25e618c",
        CorrelationId = "01a1f8d3-ea00-73c1-8a9d-04f7b25e618c",
        TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    };

    public static byte[] Body { get; } = CloudEventWriter.Write(Attributes, Data, MessageJson.Default.PlaceBooking).ToArray();

    /// <summary>Ten messages as Lambda hands them over; on a FIFO queue in this many groups.</summary>
    public static byte[] Batch(int? groups)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            for (var i = 0; i < 10; i++)
                WriteRecord(json, i, groups);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, int number, int? groups)
    {
        json.WriteStartObject();
        json.WriteString("messageId", $"059f36b4-87a3-44ab-83d2-66197583{number:x4}");
        json.WriteString("receiptHandle", "AQEB" + new string('x', 180));
        json.WriteString("body", Encoding.UTF8.GetString(Body));
        json.WriteStartObject("attributes");
        json.WriteString("ApproximateReceiveCount", "1");
        json.WriteString("SentTimestamp", "1795176000020");
        json.WriteString("SenderId", "AROAEXAMPLEEXAMPLEEXA:Bookings-Flow-BookingApi");
        json.WriteString("ApproximateFirstReceiveTimestamp", "1795176000025");
        if (groups is { } count)
        {
            json.WriteString("SequenceNumber", "18893485274873599488");
            json.WriteString("MessageGroupId", (number % count).ToString(CultureInfo.InvariantCulture));
            json.WriteString("MessageDeduplicationId", "01a1f8d3-ea0c-781e-80b7-c25d93a46f10");
        }

        json.WriteEndObject();
        json.WriteStartObject("messageAttributes");
        json.WriteEndObject();
        json.WriteString("md5OfBody", "d282a18b3ab0389a0b042ab3f8052d9e");
        json.WriteString("eventSource", "aws:sqs");
        json.WriteString("eventSourceARN", $"arn:aws:sqs:eu-central-1:123456789012:bookings{(groups is null ? "" : ".fifo")}");
        json.WriteString("awsRegion", "eu-central-1");
        json.WriteEndObject();
    }
}
