using Amazon.SQS.Model;
using Messaging.Consuming;

namespace Messaging.Tests;

/// <summary>What is in the dead-letter queue when a message has died.</summary>
public sealed class DeadLetterTests
{
    private const int LargestMessage = 1_024 * 1_024;
    private static readonly string[] Story =
        ["DeadLetterAttempts", "DeadLetterConsumer", "DeadLetterErrorType", "DeadLetterMessageId", "DeadLetterReason", "DeadLetterSource"];

    [Theory]
    [InlineData("events")]
    [InlineData("events.fifo")]
    public async Task A_dead_letter_is_the_message_as_it_was_with_its_story_beside_it(string name)
    {
        await using var queue = await ClockedQueue.StartAsync(name);
        var body = "\uFEFFnot JSON: Grüße \u2028 😀 \t\r\n <&>";
        await queue.SendRawAsync(body, group: "a", id: "a", trace: "Root=1-5759e988-bd862e3fe1be46a994272793", attributes: Text(("type", "greeting"), ("lang", "de")));
        var batch = await queue.ReceiveAsync();

        Assert.Empty(await queue.HandleAsync(batch, Dying("never called")));

        var dead = Assert.Single(await queue.DeadLettersAsync());
        Assert.Equal(body, dead.Body);
        Assert.Equal(("a", "Root=1-5759e988-bd862e3fe1be46a994272793"), (dead.Attributes!["MessageGroupId"], dead.Attributes["AWSTraceHeader"]));
        Assert.Equal(
            [
                ("DeadLetterAttempts", "1"),
                ("DeadLetterConsumer", "tests"),
                ("DeadLetterErrorType", "InvalidCloudEventException"),
                ("DeadLetterMessageId", batch.Records![0].MessageId),
                ("DeadLetterReason", "The body is not JSON: line 0, byte 0."),
                ("DeadLetterSource", queue.SourceArn),
                ("lang", "de"),
                ("type", "greeting"),
            ],
            dead.MessageAttributes!.Select(a => (a.Key, a.Value.StringValue!)).OrderBy(a => a.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_ten_attributes_the_ones_that_a_claim_check_needs_are_carried_along_first()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        var ten = Text([("ExtendedPayloadSize", "1"), ("SQSLargePayloadSize", "1"), .. Enumerable.Range(0, 8).Select(i => ($"A{i}", "x"))]);
        await queue.SendAsync("a", attributes: ten);

        await queue.HandleAllAsync(Dying("reason"));

        var dead = Assert.Single(await queue.DeadLettersAsync());
        Assert.Equal(["A0", "A1", .. Story, "ExtendedPayloadSize", "SQSLargePayloadSize"], dead.MessageAttributes!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_second_death_of_a_redriven_message_has_its_own_story()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        var earlier = Text([.. Story.Select(name => (name, "earlier")), ("NotBefore", "2026-11-20T00:00:00Z"), ("type", "greeting")]);
        await queue.SendAsync("a", attributes: earlier);

        await queue.HandleAllAsync(Dying("again"));

        var dead = Assert.Single(await queue.DeadLettersAsync());
        Assert.Equal([.. Story, "type"], dead.MessageAttributes!.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(dead.MessageAttributes!.Values, value => value.StringValue == "earlier");
    }

    [Theory]
    [InlineData(300, 6, "The body is not JSON: line 0, byte 0.")]
    [InlineData(260, 6, "The body ")]
    [InlineData(100, 3, "Th")]
    [InlineData(0, 0, null)]
    public async Task Beside_a_body_near_the_limit_the_story_is_shortened(int room, int facts, string? reason)
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        await queue.SendRawAsync(new string('x', LargestMessage - room));

        await queue.HandleAllAsync(Dying("never called"));

        var dead = Assert.Single(await queue.DeadLettersAsync());
        Assert.Equal(LargestMessage - room, dead.Body.Length);
        Assert.Equal(facts, dead.MessageAttributes?.Count ?? 0);
        Assert.Equal(reason, dead.MessageAttributes?["DeadLetterReason"].StringValue);
    }

    [Fact]
    public async Task A_reason_that_SQS_would_refuse_is_made_readable()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        await queue.SendAsync("a");

        await queue.HandleAllAsync(Dying("Grüße\u0000" + new string('r', 5_000)));

        var reason = Assert.Single(await queue.DeadLettersAsync()).MessageAttributes!["DeadLetterReason"].StringValue!;
        Assert.Equal(("Gr??e?rr", 1_024), (reason[..8], reason.Length));
    }

    [Fact]
    public async Task A_message_stays_while_the_dead_letter_queue_does_not_take_it_and_dies_once()
    {
        await using var queue = await ClockedQueue.StartAsync("events.fifo");
        await queue.SendAsync("dead", group: "a");
        await queue.SendAsync("follower", group: "a");
        var batch = await queue.ReceiveAsync();
        queue.Break("SendMessage");
        Assert.Equal(["dead", "follower"], await queue.HandleAsync(batch, Dying("reason")));

        queue.Mend();
        queue.Time.Advance(TimeSpan.FromMinutes(1));
        await queue.HandleAllAsync(Dying("reason"));

        Assert.Equal(["dead"], (await queue.DeadLettersAsync()).Select(m => ConsumerTests.Text(m.Body)));
    }

    [Fact]
    public async Task A_death_whose_acknowledgement_was_lost_is_told_once_on_a_fifo_queue()
    {
        await using var queue = await ClockedQueue.StartAsync("events.fifo");
        await queue.SendAsync("dead", group: "a");

        // The same receive twice: the process died after the send and before its answer.
        var batch = await queue.ReceiveAsync();
        await queue.HandleAsync(batch, Dying("reason"));
        await queue.HandleAsync(batch, Dying("reason"));

        var dead = Assert.Single(await queue.DeadLettersAsync());
        Assert.Equal($"dead-letter:{batch.Records![0].MessageId}", dead.Attributes!["MessageDeduplicationId"]);
    }

    private static Dictionary<string, MessageAttributeValue> Text(params IEnumerable<(string Name, string Value)> attributes) =>
        attributes.ToDictionary(a => a.Name, a => new MessageAttributeValue { DataType = "String", StringValue = a.Value });

    private static Consumer Dying(string reason) =>
        ConsumerTests.Consumer((message, _) => Task.FromResult(message.Event.Id == "follower" ? Verdict.Done : Verdict.DeadLetter(reason)));
}
