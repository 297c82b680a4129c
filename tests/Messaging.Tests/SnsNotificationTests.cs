using System.Text;
using System.Text.Json;
using Messaging.Consuming;
using Messaging.Envelope;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Envelopes that SNS has wrapped, because raw delivery is off.</summary>
public sealed class SnsNotificationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_consumer_answers_the_same_with_raw_delivery_on_and_off()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("greetings");
        var raw = await cloud.SubscribeAsync(topic, "raw", rawDelivery: true);
        var wrapped = await cloud.SubscribeAsync(topic, "wrapped", rawDelivery: false);
        foreach (var text in new[] { "done", "dead", "say \"hé\"\n\\" })
            await cloud.Sns.PublishAsync(new() { TopicArn = topic, Message = ConsumerTests.Body($"id-{text.Length}", text) }, Ct);
        await cloud.Sns.PublishAsync(new() { TopicArn = topic, Message = "no event" }, Ct);

        var (rawBodies, rawAnswers) = await AnswersAsync(cloud, raw);
        var (wrappedBodies, wrappedAnswers) = await AnswersAsync(cloud, wrapped);

        Assert.Equal(["DeadLettered - -", "DeadLettered id-4 dead", "Completed id-10 say \"hé\"\n\\", "Completed id-4 done"], rawAnswers);
        Assert.Equal(rawAnswers, wrappedAnswers);
        Assert.DoesNotContain(rawBodies, body => body.Contains("Notification", StringComparison.Ordinal));
        Assert.All(wrappedBodies, body => Assert.Contains("\"Notification\"", body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Type":"Notification","MessageId":"1"}""", "The body is an SNS notification without a Message that is a string.")]
    [InlineData("""{"Type":"Notification","Message":{"specversion":"1.0"}}""", "The body is an SNS notification without a Message that is a string.")]
    [InlineData("""{"Type":"SubscriptionConfirmation","Message":"{\"specversion\":\"1.0\"}"}""", "The attribute specversion is missing. It must be '1.0'.")]
    [InlineData("""{"Message":"{\"specversion\":\"1.0\"}"}""", "The attribute specversion is missing. It must be '1.0'.")]
    [InlineData("""{"Type":["Notification"],"Message":"{}"}""", "The attribute specversion is missing. It must be '1.0'.")]
    [InlineData("""{"Type":"Notification","Message":"secret"}""", "In the Message of the SNS notification: The body is not JSON: line 0, byte 0.")]
    [InlineData("""{"Type":"Notification","Message":"{}"}""", "In the Message of the SNS notification: The attribute specversion is missing. It must be '1.0'.")]
    [InlineData("""{"Type":"Notification","Message":"{\"specversion\":\"1.0\",\"id\":7}"}""", "In the Message of the SNS notification: The attribute id is not a string.")]
    [InlineData("""{"Type":"Notification","Message":"\ud800"}""", "An attribute is not Unicode text.")]
    [InlineData("""{"Type":"Notification","Message":"{}"} {"secret":1}""", "The body is not JSON: line 0, byte 39.")]
    public void A_notification_without_an_event_is_refused_with_a_sentence_that_does_not_quote_it(string body, string sentence)
    {
        var error = Assert.Throws<InvalidCloudEventException>(() => CloudEventReader.Read(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(sentence, error.Message);
    }

    [Fact]
    public void An_event_is_unwrapped_once()
    {
        var once = Wrap(ConsumerTests.Body());

        Assert.Equal("id-1", CloudEventReader.Read(Encoding.UTF8.GetBytes(once)).Event.Id);
        var error = Assert.Throws<InvalidCloudEventException>(() => CloudEventReader.Read(Encoding.UTF8.GetBytes(Wrap(once))));
        Assert.Equal("In the Message of the SNS notification: The attribute specversion is missing. It must be '1.0'.", error.Message);
    }

    [Fact]
    public void Any_bytes_around_an_event_are_read_or_refused()
    {
        var random = new Random(43);
        var valid = Encoding.UTF8.GetBytes(Wrap(ConsumerTests.Body()));
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = valid.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var error = Record.Exception(() => CloudEventReader.Read(bytes.AsMemory(0, random.Next(2) == 0 ? bytes.Length : random.Next(bytes.Length + 1))));
            Assert.True(error is null or InvalidCloudEventException, $"round {i}: {error}");
        }
    }

    private static string Wrap(string message) => $$"""
        {"Type":"Notification","MessageId":"1","TopicArn":"arn","Message":"{{JsonEncodedText.Encode(message)}}","SignatureVersion":"1"}
        """;

    private static async Task<(string[] Bodies, string[] Answers)> AnswersAsync(TestCloud cloud, string queue)
    {
        var handled = new List<string>();
        var consumer = ConsumerTests.Consumer((message, _) =>
        {
            handled.Add($"{message.Event.Id} {message.Data.Text}");
            return Task.FromResult(message.Data.Text == "dead" ? Verdict.DeadLetter("test") : Verdict.Done);
        });
        var bodies = (await cloud.DrainAsync(queue)).Select(m => m.Body).ToArray();
        var answers = new List<string>();
        foreach (var body in bodies)
        {
            handled.Clear();
            var verdict = await consumer.HandleAsync(Encoding.UTF8.GetBytes(body), 1, Ct);
            answers.Add($"{verdict.GetType().Name} {handled.SingleOrDefault() ?? "- -"}");
        }

        return (bodies, [.. answers.Order(StringComparer.Ordinal).OrderBy(a => !a.StartsWith("Dead", StringComparison.Ordinal))]);
    }
}
