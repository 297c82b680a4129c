using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Messaging.Consuming;
using Messaging.Envelope;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>The second version has a language, the third a list of texts.</summary>
internal sealed record GreetingV2(string Text, string Language);

internal sealed record GreetingV3(IReadOnlyList<string> Texts, string Language);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GreetingV2))]
[JsonSerializable(typeof(GreetingV3))]
internal sealed partial class LaterJson : JsonSerializerContext;

public sealed class UpcastTests(PostgresFixture postgres)
{
    private const string First = "greeting.sent.v1";
    private const string Second = "greeting.sent.v2";
    private const string Third = "greeting.sent.v3";

    private readonly List<Received<GreetingV3>> _handled = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_older_message_becomes_the_newest_through_every_version_in_between()
    {
        Assert.Equal(Verdict.Done, await Consumer().HandleAsync(Encoding.UTF8.GetBytes(ConsumerTests.Body()), 2, Stop));
        Assert.Equal(Verdict.Done, await Consumer().HandleAsync(CloudEventWriter.Write(Event(Second), new GreetingV2("salut", "fr"), LaterJson.Default.GreetingV2), 1, Stop));

        Assert.Equal(["hello en", "salut fr"], _handled.Select(m => $"{Assert.Single(m.Data.Texts)} {m.Data.Language}"));
    }

    [Fact]
    public async Task The_handler_sees_the_envelope_that_was_sent()
    {
        await Consumer().HandleAsync(Encoding.UTF8.GetBytes(ConsumerTests.Body()), 2, Stop);

        Assert.Equal((Event(First), 2), (Assert.Single(_handled).Event, _handled[0].ReceiveCount));
    }

    [Fact]
    public async Task An_older_message_that_lacks_a_member_of_its_own_version_is_dead_lettered()
    {
        var body = Encoding.UTF8.GetString(CloudEventWriter.Write(Event(Second), new Greeting("no language"), TestJson.Default.Greeting).Span);

        var verdict = Assert.IsType<Verdict.DeadLettered>(await Consumer().HandleAsync(Encoding.UTF8.GetBytes(body), 1, Stop));

        Assert.StartsWith("The data is not a GreetingV2", verdict.Reason, StringComparison.Ordinal);
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task An_older_type_that_nobody_upcasts_is_unknown()
    {
        var consumer = Newest().Upcast(Second, LaterJson.Default.GreetingV2, Third, ToThird);

        Assert.Equal(Verdict.DeadLetter($"tests has no handler for the type '{First}'."), await consumer.HandleAsync(Encoding.UTF8.GetBytes(ConsumerTests.Body()), 1, Stop));
    }

    [Fact]
    public async Task An_upcaster_that_throws_is_a_retry_and_the_handler_does_not_run()
    {
        var consumer = Newest().Upcast<Greeting, GreetingV3>(First, TestJson.Default.Greeting, Third, _ => throw new FormatException("secret"));

        Assert.Equal(new Verdict.Retried("FormatException", null, "FormatException"), await consumer.HandleAsync(Encoding.UTF8.GetBytes(ConsumerTests.Body()), 1, Stop));
        Assert.Empty(_handled);
    }

    [Fact]
    public void An_upcaster_to_what_nobody_handles_is_refused() => Refused(
        "The consumer tests has no route for 'greeting.sent.v3', which 'greeting.sent.v2' is to become. Add that one first.",
        () => new Consumer("tests", NullLogger.Instance).Upcast(Second, LaterJson.Default.GreetingV2, Third, ToThird));

    [Fact]
    public void An_upcaster_to_another_record_than_the_handler_s_is_refused() => Refused(
        "'greeting.sent.v3' of the consumer tests does not carry a GreetingV2, which 'greeting.sent.v1' is to become.",
        () => Newest().Upcast(First, TestJson.Default.Greeting, Third, ToSecond));

    [Fact]
    public void A_type_that_has_a_handler_is_not_upcast_too() => Refused(
        "The consumer tests has two routes for 'greeting.sent.v3'. Keep one.",
        () => Newest().Upcast<GreetingV3, GreetingV3>(Third, LaterJson.Default.GreetingV3, Third, m => m));

    [Fact]
    public async Task From_a_queue_an_older_message_has_one_effect_under_its_own_id_however_often_it_comes()
    {
        await using var it = await InboxUnderTest.StartAsync(postgres);
        var queue = await MappedQueue.CreateAsync(it.Cloud, "greetings");
        var consumer = Older(new Consumer("tests", NullLogger.Instance).On(Third, LaterJson.Default.GreetingV3, it.Open().WithLease<GreetingV3>((message, _) =>
        {
            _handled.Add(message);
            return Task.FromResult(Verdict.Done);
        })));

        // SQS gives each of them another id; the envelope's is the same.
        var batch = await queue.DeliverAsync(("same", null));
        batch.Records!.AddRange((await queue.DeliverAsync(("same", null))).Records!);
        var answer = await queue.For(consumer, TimeProvider.System, concurrency: 1).HandleAsync(batch, TimeSpan.FromSeconds(30), Stop);

        Assert.Empty(answer.BatchItemFailures!);
        Assert.Equal("same", Assert.Single(_handled).Event.Id);
        Assert.Equal(["same"], _handled[0].Data.Texts);
    }

    private static GreetingV2 ToSecond(Greeting older) => new(older.Text, "en");

    private static GreetingV3 ToThird(GreetingV2 older) => new([older.Text], older.Language);

    private static CloudEvent Event(string type) => new("id-1", "/tests", type, DateTimeOffset.UnixEpoch);

    private static void Refused(string message, Func<Consumer> consumer) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(consumer).Message, StringComparison.Ordinal);

    private static Consumer Older(Consumer newest) => newest
        .Upcast(Second, LaterJson.Default.GreetingV2, Third, ToThird)
        .Upcast(First, TestJson.Default.Greeting, Second, ToSecond);

    private Consumer Newest() => new Consumer("tests", NullLogger.Instance).On(Third, LaterJson.Default.GreetingV3, (message, _) =>
    {
        _handled.Add(message);
        return Task.FromResult(Verdict.Done);
    });

    private Consumer Consumer() => Older(Newest());
}
