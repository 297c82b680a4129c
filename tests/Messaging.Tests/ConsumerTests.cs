using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Messaging.Consuming;
using Messaging.Envelope;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Tests;

internal sealed record House(Dictionary<string, int>? Rooms, IReadOnlyList<Greeting>? Guests);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(House))]
internal sealed partial class HouseJson : JsonSerializerContext;

public sealed class ConsumerTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_the_handler_of_its_type()
    {
        var greetings = new List<Received<Greeting>>();
        var consumer = Consumer((message, _) =>
        {
            greetings.Add(message);
            return Task.FromResult(Verdict.Done);
        });

        Assert.Equal(Verdict.Done, await consumer.HandleAsync(Encoding.UTF8.GetBytes(Body()), 3, None));

        var greeting = Assert.Single(greetings);
        Assert.Equal(new Greeting("hello"), greeting.Data);
        Assert.Equal("id-1", greeting.Event.Id);
        Assert.Equal(3, greeting.ReceiveCount);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"greeting.sent.v1","time":"2027-03-01T12:00:00Z","data":{"text":null}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"greeting.sent.v1","time":"2027-03-01T12:00:00Z","data":{}}""")]
    public async Task A_message_that_cannot_be_decoded_is_dead_lettered(string body)
    {
        var verdict = Assert.IsType<Verdict.DeadLettered>(await Consumer((_, _) => Task.FromResult(Verdict.Done)).HandleAsync(Encoding.UTF8.GetBytes(body), 1, None));

        Assert.Equal(nameof(InvalidCloudEventException), verdict.ErrorType);
    }

    [Fact]
    public async Task An_unknown_type_is_dead_lettered_with_a_sentence()
    {
        var verdict = await new Consumer("tests", NullLogger.Instance).HandleAsync(Encoding.UTF8.GetBytes(Body()), 1, None);

        Assert.Equal(Verdict.DeadLetter("tests has no handler for the type 'greeting.sent.v1'."), verdict);
    }

    [Fact]
    public async Task An_exception_is_a_retry_that_tells_its_type_and_not_its_message()
    {
        var verdict = await Consumer((_, _) => throw new InvalidOperationException("secret")).HandleAsync(Encoding.UTF8.GetBytes(Body()), 1, None);

        Assert.Equal(new Verdict.Retried("InvalidOperationException", null, "InvalidOperationException"), verdict);
    }

    [Fact]
    public async Task A_handler_that_cannot_decode_something_else_is_a_retry()
    {
        var verdict = await Consumer((_, _) => throw new InvalidCloudEventException("another message")).HandleAsync(Encoding.UTF8.GetBytes(Body()), 1, None);

        Assert.IsType<Verdict.Retried>(verdict);
    }

    [Fact]
    public async Task A_handler_that_answers_nothing_is_a_retry()
    {
        var verdict = await Consumer((_, _) => Task.FromResult<Verdict>(null!)).HandleAsync(Encoding.UTF8.GetBytes(Body()), 1, None);

        Assert.IsType<Verdict.Retried>(verdict);
    }

    [Fact]
    public void A_verdict_without_a_reason_is_refused_where_it_is_given()
    {
        Assert.Throws<ArgumentNullException>("reason", () => Verdict.Retry(null!));
        Assert.Throws<ArgumentNullException>("reason", () => Verdict.DeadLetter(null!));
        Assert.Throws<ArgumentNullException>("reason", () => Verdict.Discard(null!));
        Assert.Throws<ArgumentNullException>("reason", () => Verdict.Defer(DateTimeOffset.UnixEpoch, null!));
    }

    [Theory]
    [InlineData("""{"rooms":{"ada@example.com":"x"}}""", "$.rooms")]
    [InlineData("""{"rooms":{"Ada":"x"}}""", "$.rooms")]
    [InlineData("""{"guests":[{"text":"hello"},{"text":7}]}""", "$.guests[1].text")]
    public async Task A_place_in_the_data_is_told_by_names_of_the_contract_and_never_by_the_sender_s(string data, string place)
    {
        var body = $$"""{"specversion":"1.0","id":"1","source":"/s","type":"house.v1","time":"2027-03-01T12:00:00Z","data":{{data}}}""";
        var consumer = new Consumer("tests", NullLogger.Instance).On("house.v1", HouseJson.Default.House, (_, _) => Task.FromResult(Verdict.Done));

        Assert.Equal($"The data is not a House: see {place}.", Assert.IsType<Verdict.DeadLettered>(await consumer.HandleAsync(Encoding.UTF8.GetBytes(body), 1, None)).Reason);
    }

    [Fact]
    public void A_type_has_one_route()
    {
        var consumer = Consumer((_, _) => Task.FromResult(Verdict.Done));

        var error = Assert.Throws<ArgumentException>(() => consumer.On("greeting.sent.v1", TestJson.Default.Greeting, (_, _) => Task.FromResult(Verdict.Done)));

        Assert.StartsWith("The consumer tests has two routes for 'greeting.sent.v1'. Keep one.", error.Message, StringComparison.Ordinal);
    }

    internal static string Body(string id = "id-1", string text = "hello", string type = "greeting.sent.v1") => Encoding.UTF8.GetString(
        CloudEventWriter.Write(new(id, "/tests", type, DateTimeOffset.UnixEpoch), new Greeting(text), TestJson.Default.Greeting).Span);

    /// <summary>The text in an envelope from <see cref="Body"/>; of another body the whole.</summary>
    internal static string Text(string body) => body.Split("\"text\":\"") is [_, var rest] ? rest.Split('"')[0] : body;

    internal static Consumer Consumer(MessageHandler<Greeting> handler, ILogger? log = null) =>
        new Consumer("tests", log ?? NullLogger.Instance).On("greeting.sent.v1", TestJson.Default.Greeting, handler);
}
