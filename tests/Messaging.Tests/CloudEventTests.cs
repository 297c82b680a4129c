using System.Text;
using System.Text.Json.Serialization;
using Messaging.Envelope;

namespace Messaging.Tests;

/// <summary>Data for tests.</summary>
public sealed record Greeting(string Text);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Greeting))]
internal sealed partial class TestJson : JsonSerializerContext;

public sealed class CloudEventTests
{
    private static readonly CloudEvent Event = new("id-1", "/tests", "greeting.sent.v1", new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
        PartitionKey = "key",
        CorrelationId = "correlation",
        CausationId = "cause",
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };

    [Fact]
    public void What_is_written_is_read_again()
    {
        var body = CloudEventWriter.Write(Event, new Greeting("hé \"<&>\""), TestJson.Default.Greeting);

        var (read, data) = CloudEventReader.Read(body);

        Assert.Equal(Event, read);
        Assert.Equal(new Greeting("hé \"<&>\""), System.Text.Json.JsonSerializer.Deserialize(data.Span, TestJson.Default.Greeting));
    }

    [Fact]
    public void Attributes_of_other_systems_and_any_order_are_accepted()
    {
        var (read, data) = CloudEventReader.Read(
            """ {"data":{"a":[1,{"b":2}]},"subject":"x","traceid":{"deep":[]},"time":"2027-03-01T12:00:00Z","type":"t.v1","source":"/s","id":"1","specversion":"1.0"} """u8.ToArray());

        Assert.Equal(new CloudEvent("1", "/s", "t.v1", new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero)), read);
        Assert.Equal("""{"a":[1,{"b":2}]}""", Encoding.UTF8.GetString(data.Span));
    }

    [Theory]
    [InlineData("", "The body is not JSON: line 0, byte 0.")]
    [InlineData("secret", "The body is not JSON: line 0, byte 0.")]
    [InlineData("[]", "The body is not a JSON object. Send a CloudEvents 1.0 message in structured mode.")]
    [InlineData("{}", "The attribute specversion is missing. It must be '1.0'.")]
    [InlineData("""{"specversion":"0.3"}""", "The attribute specversion is another. It must be '1.0'.")]
    [InlineData("""{"specversion":"1.0","id":"1"}""", "The attribute source is missing.")]
    [InlineData("""{"specversion":"1.0","id":7}""", "The attribute id is not a string.")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"soon"}""", "The attribute time is not an RFC 3339 timestamp.")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","time":"2027-03-01T12:00:00Z"}""", "The attribute data is missing.")]
    [InlineData("""{"specversion":"1.0","id":"\ud800"}""", "An attribute is not Unicode text.")]
    [InlineData("""{"specversion":"1.0"} {"secret":1}""", "The body is not JSON: line 0, byte 22.")]
    public void A_body_that_is_no_event_is_refused_with_a_sentence_that_does_not_quote_it(string body, string sentence)
    {
        var error = Assert.Throws<InvalidCloudEventException>(() => CloudEventReader.Read(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(sentence, error.Message);
    }

    [Fact]
    public void An_attribute_is_bounded()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"{{new string('x', 1_025)}}"}""");

        Assert.Equal("The attribute id is longer than 1024 bytes.", Assert.Throws<InvalidCloudEventException>(() => CloudEventReader.Read(body)).Message);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        var random = new Random(42);
        var valid = CloudEventWriter.Write(Event, new Greeting("hello"), TestJson.Default.Greeting).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = valid.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var error = Record.Exception(() => CloudEventReader.Read(bytes.AsMemory(0, random.Next(bytes.Length + 1))));
            Assert.True(error is null or InvalidCloudEventException, $"round {i}: {error}");
        }
    }
}
