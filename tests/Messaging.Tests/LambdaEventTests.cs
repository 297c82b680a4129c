using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Messaging.Consuming;

namespace Messaging.Tests;

/// <summary>Lambda's event, read from its bytes.</summary>
public sealed class LambdaEventTests
{
    private const string Queue = "http://127.0.0.1/0/queue";

    [Theory]
    [InlineData("Booking")]
    [InlineData("Email")]
    [InlineData("Partner")]
    [InlineData("Finance")]
    public async Task The_bytes_of_a_sample_are_the_deliveries_of_its_typed_event(string sample)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Events(), $"{sample}.json"));

        var read = Assert.Single(LambdaEventReader.Read(bytes, Queue).Deliveries);
        var typed = Assert.Single(LambdaEvent.From(LambdaEvents.ToEvent(bytes), Queue).Deliveries);

        Assert.Equal(
            (typed.MessageId, typed.ReceiptHandle, typed.Source, typed.ReceiveCount, typed.GroupId, typed.SentAt, typed.FirstReceivedAt),
            (read.MessageId, read.ReceiptHandle, read.Source, read.ReceiveCount, read.GroupId, read.SentAt, read.FirstReceivedAt));
        Assert.Equal(typed.Body.ToArray(), read.Body.ToArray());
        Assert.Equal(typed.Attributes.Select(a => (a.Key, a.Value.DataType, a.Value.StringValue)), read.Attributes.Select(a => (a.Key, a.Value.DataType, a.Value.StringValue)));
        Assert.NotNull(read.SentAt);
        Assert.NotNull(read.FirstReceivedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\"quoted\" \\ / \n\r\t é 漢字 😀")]
    public void A_body_is_the_text_that_was_sent(string text)
    {
        var escaped = JsonEncodedText.Encode(text);

        var read = Read($$"""{"Records":[{"messageId":"1","body":"{{escaped}}"},{"messageId":"2","body":"behind"}]}""");

        Assert.Equal([text, "behind"], read.Select(d => Encoding.UTF8.GetString(d.Body.Span)));
    }

    [Fact]
    public void An_attribute_of_the_sender_is_read_when_somebody_asks()
    {
        var delivery = Assert.Single(Read(
            """
            {"Records":[{"messageId":"1","body":"x","messageAttributes":{
                "text":{"stringValue":"a","stringListValues":[],"dataType":"String"},
                "binary":{"binaryValue":"AQI=","dataType":"Binary.custom"},
                "odd":7, "odder":{"stringValue":{},"dataType":["secret"]},
                "number":{"dataType":"Number","stringValue":"42"}}}]}
            """));

        Assert.Equal(["binary", "number", "text"], delivery.Attributes.Keys.Order());
        Assert.Equal("a", delivery.Attributes["text"].StringValue);
        Assert.Equal([1, 2], delivery.Attributes["binary"].BinaryValue!.ToArray());
        Assert.Equal("Number", delivery.Attributes["number"].DataType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}", "\"attributes\":null")]
    [InlineData("\"attributes\":\"x\",\"body\":\"body\"")]
    [InlineData("\"attributes\":{\"ApproximateReceiveCount\":\"many\",\"SentTimestamp\":\"99999999999999999\",\"MessageGroupId\":[1,{}]}")]
    [InlineData("\"attributes\":{\"ApproximateReceiveCount\":\"-3\",\"ApproximateFirstReceiveTimestamp\":{}}", "\"body\":17")]
    [InlineData("\"body\":\"\\ud800\"", "\"receiptHandle\":null", "\"eventSourceARN\":5")]
    [InlineData("\"messageAttributes\":[1,2]", "\"unknown\":{\"deep\":[{}]}")]
    public void A_record_with_odd_members_leaves_its_neighbours_alone(params string[] members)
    {
        var odd = string.Join(',', members.Where(m => m is not ("" or "{}")).Prepend("\"messageId\":\"1\""));

        var read = Read($$$"""{"Records":[{{{{odd}}}},{"messageId":"2","receiptHandle":"r","body":"b","attributes":{"ApproximateReceiveCount":"3","MessageGroupId":"g"}}]}""");

        Assert.Equal(1, read[0].ReceiveCount);
        Assert.Null(read[0].GroupId);
        Assert.Null(read[0].SentAt);
        Assert.Equal(Queue, read[0].Source);
        Assert.Empty(read[0].Attributes);
        Assert.Equal(("2", "r", "b", 3, "g"), (read[1].MessageId, read[1].ReceiptHandle, Encoding.UTF8.GetString(read[1].Body.Span), read[1].ReceiveCount, read[1].GroupId));
    }

    [Theory]
    [InlineData("", "The event is not JSON: line 0, byte 0.")]
    [InlineData("secret", "The event is not JSON: line 0, byte 0.")]
    [InlineData("""{"Records":[]} secret""", "The event is not JSON: line 0, byte 15.")]
    [InlineData("[]", "has no Records")]
    [InlineData("""{"source":"aws.events","detail":{"secret":1}}""", "has no Records")]
    [InlineData("""{"Records":null}""", "has no Records")]
    [InlineData("""{"Records":["secret"]}""", "has no Records")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","messageId":"1"}]}""", "has no Records")]
    [InlineData("""{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"secret"}}]}""", "a record has no messageId")]
    public void An_event_that_is_not_from_a_queue_is_refused_with_a_sentence_that_does_not_quote_it(string payload, string sentence)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(payload));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_bounded()
    {
        var payload = new byte[LambdaEvent.LargestEvent + 1];

        await Assert.ThrowsAsync<InvalidDataException>(async () => await LambdaEvent.ReadAsync(new MemoryStream(payload), Queue, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await LambdaEvent.ReadAsync(
            new MemoryStream(payload, 0, payload.Length, writable: false, publiclyVisible: true), Queue, CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_of_the_stream_is_kept()
    {
        var payload = """{"Records":[{"messageId":"1","body":"text","messageAttributes":{"a":{"stringValue":"v","dataType":"String"}}}]}"""u8.ToArray();

        using var read = await LambdaEvent.ReadAsync(new MemoryStream(payload, 0, payload.Length, writable: false, publiclyVisible: true), Queue, CancellationToken.None);
        payload.AsSpan().Fill((byte)'x');

        var delivery = Assert.Single(read.Deliveries);
        Assert.Equal("text", Encoding.UTF8.GetString(delivery.Body.Span));
        Assert.Equal("v", delivery.Attributes["a"].StringValue);
    }

    [Fact]
    public async Task Any_bytes_are_read_or_refused()
    {
        var random = new Random(7);
        var valid = await File.ReadAllBytesAsync(Path.Combine(Events(), "Email.json"));
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = valid.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var error = Record.Exception(() =>
            {
                using var read = LambdaEventReader.Read(bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length + 1) : bytes.Length), Queue);
                Assert.All(read.Deliveries, d => Assert.NotNull(d.Attributes));
            });
            Assert.True(error is null or InvalidDataException, $"round {i}: {error}");
        }
    }

    private static IReadOnlyList<Delivery> Read(string payload) => LambdaEventReader.Read(Encoding.UTF8.GetBytes(payload), Queue).Deliveries;

    private static string Events([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "events");
}
