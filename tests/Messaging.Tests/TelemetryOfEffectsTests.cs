using System.Text;
using Amazon.Lambda.SQSEvents;
using Messaging.Consuming;
using Messaging.Inbox;
using Messaging.Outbox;
using Messaging.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>What the inbox and the dead-letter queue tell.</summary>
public sealed class TelemetryOfEffectsTests(PostgresFixture postgres)
{
    private readonly string _name = $"effects-{Guid.NewGuid():n}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_duplicate_that_the_inbox_absorbs_is_counted_and_marked_on_its_span()
    {
        await using var it = await InboxUnderTest.StartAsync(postgres);
        var outbox = new OutboxWriter(
            it.Database, new Publisher(it.Cloud.Sqs, it.Cloud.Sns, new(_ => it.Queue)).PublishAsync, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance);
        var inbox = new PostgresInbox(_name, it.Database, outbox, NullLogger<PostgresInbox>.Instance);
        var consumer = new Consumer(_name, NullLogger.Instance)
            .On("greeting.sent.v1", TestJson.Default.Greeting, inbox.InTransaction<Greeting>((_, _, _) => Task.FromResult(Verdict.Done)));
        using var spans = new RecordedSpans(_name);
        using var measured = new RecordedMeasurements(_name);

        await consumer.HandleAsync(Encoding.UTF8.GetBytes(ConsumerTests.Body()), 1, Ct);
        await consumer.HandleAsync(Encoding.UTF8.GetBytes(ConsumerTests.Body()), 2, Ct);

        Assert.Equal(1, Assert.Single(measured.Of("consumer.duplicates")).Value);
        Assert.Equal([null, true], spans.All.Select(s => s.GetTagItem("consumer.message.duplicate")));
    }

    [Fact]
    public async Task A_message_that_the_dead_letter_queue_does_not_take_is_counted()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("events");
        using var measured = new RecordedMeasurements(_name);
        var batch = new SqsBatch(
            new Consumer(_name, NullLogger.Instance), cloud.Sqs, new() { QueueUrl = queue, DeadLetterQueueUrl = queue + "-gone" }, TimeProvider.System);

        var record = new SQSEvent.SQSMessage
        {
            MessageId = "1",
            ReceiptHandle = "handle",
            Body = "rubbish",
            Attributes = new() { ["ApproximateReceiveCount"] = "1" },
            EventSourceArn = "arn:aws:sqs:us-east-1:000000000000:events",
        };
        await batch.HandleAsync(new SQSEvent { Records = [record] }, TimeSpan.FromSeconds(30), Ct);

        Assert.NotNull(Assert.Single(measured.Of("consumer.dead_letter.failures"))["error.type"]);
    }
}
