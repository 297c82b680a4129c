using System.Collections.Concurrent;
using Amazon.SQS.Model;
using Messaging.Outbox;
using Messaging.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Attributes besides the type, on all ways out of the outbox.</summary>
public class AttributesTests(PostgresFixture postgres)
{
    private static readonly AttributeValue[] Attributes = [new("hotel", "Grand \"Ünal\""), new("nights", "3", IsNumber: true), new("rate", "12.50", IsNumber: true)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_reach_a_queue_and_the_queue_of_a_topic_with_their_kinds()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (queue, topic) = (await cloud.CreateQueueAsync("events"), await cloud.CreateTopicAsync("topic"));
        var subscribed = await cloud.SubscribeAsync(topic, "of-topic");
        var addresses = new Dictionary<string, string> { ["DESTINATION_EVENTS"] = queue, ["DESTINATION_TOPIC"] = topic };
        var publisher = new Publisher(cloud.Sqs, cloud.Sns, new(addresses.GetValueOrDefault));

        foreach (var destination in new[] { "events", "topic" })
            Assert.Empty(await publisher.PublishAsync(destination, [Message().ToOutbound()], Ct));

        foreach (var url in new[] { queue, subscribed })
        {
            var received = await cloud.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["All"], WaitTimeSeconds = 5 }, Ct);
            var attributes = Assert.Single(received.Messages!).MessageAttributes!;
            Assert.Equal(
                [("hotel", "String", "Grand \"Ünal\""), ("nights", "Number", "3"), ("rate", "Number", "12.50"), ("type", "String", "greeting.sent.v1")],
                attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value.DataType!, a.Value.StringValue!)));
        }
    }

    [Fact]
    public async Task The_relay_publishes_them_and_dead_letters_keep_them()
    {
        await using var relay = await RelayUnderTest.StartAsync(postgres);
        var seen = new ConcurrentQueue<IReadOnlyList<AttributeValue>>();
        relay.Fails = (_, message) =>
        {
            seen.Enqueue(message.Attributes);
            return seen.Count == 1 ? PublishFailureCause.BadMessage : null;
        };
        await relay.CommitAsync(Message());
        await relay.Database.ExecuteAsync("update outbox set available = clock_timestamp()");

        Assert.Equal(new(0, 0, 1), await relay.Relay.SweepAsync(Ct));
        var letters = new OutboxDeadLetters(relay.Database, NullLogger<OutboxDeadLetters>.Instance);
        Assert.True(await letters.ReplayAsync(Assert.Single(await letters.ListAsync(new(), Ct)), "test", null, Ct));
        Assert.Equal(new(1, 0, 0), await relay.Relay.SweepAsync(Ct));

        Assert.Equal([Attributes, Attributes], seen);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("two words", "x")]
    [InlineData("AWS.Trace", "x")]
    [InlineData(".dot", "x")]
    [InlineData("a..b", "x")]
    [InlineData("hotel", "")]
    [InlineData("hotel", "\u0001")]
    [InlineData("type", "x")]
    public void What_a_service_refuses_is_refused_before_the_transaction(string name, string value)
    {
        var exception = Assert.Throws<ArgumentException>(() => RelayUnderTest.Message("1") with { Attributes = [new(name, value)] });

        Assert.StartsWith("The message greeting.sent.v1 1 has ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Throws<ArgumentException>(() => RelayUnderTest.Message("1") with { Attributes = [new("hotel", "\ufffd" + '\ud83d')] });

    [Fact]
    public void A_number_that_is_none_and_a_tenth_attribute_are_refused()
    {
        Assert.Contains("no number", Assert.Throws<ArgumentException>(() => RelayUnderTest.Message("1") with { Attributes = [new("nights", "three", IsNumber: true)] }).Message, StringComparison.Ordinal);
        Assert.Contains("has 9 attributes and its type; 9", Assert.Throws<ArgumentException>(() => RelayUnderTest.Message("1") with { Attributes = [.. Enumerable.Range(0, 9).Select(i => new AttributeValue($"a{i}", "x"))] }).Message, StringComparison.Ordinal);
    }

    private static OutgoingMessage Message() => RelayUnderTest.Message("1") with { Attributes = Attributes };
}
