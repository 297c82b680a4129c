using System.Globalization;
using Amazon.SQS.Model;
using LocalCloud.Faults;
using Messaging.Consuming;
using Messaging.Inbox;
using Messaging.Outbox;
using Messaging.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Messaging.Tests.Model;

/// <summary>Where a scenario plays: its queue and dead-letter queue, its inbox, its ledger.</summary>
internal sealed class Stage
{
    private const int BatchEntries = 10;
    private int _deduplication;

    private Stage(Scenario scenario, int number, ModelCloud cloud, NpgsqlDataSource database, string queueUrl, string deadLetterQueueUrl)
    {
        (Scenario, Number, Cloud, Database) = (scenario, number, cloud, database);
        Ledger = new(scenario, number);
        Options = new() { QueueUrl = queueUrl, DeadLetterQueueUrl = deadLetterQueueUrl, CountAttempt = new AttemptCounter(Consumer, database).CountAsync };
        Inbox = new(Consumer, database, new OutboxWriter(database, new Publisher(cloud.Sqs, null!, new(_ => null)).PublishAsync, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance), NullLogger<PostgresInbox>.Instance);
    }

    /// <summary>How long a received message is hidden.</summary>
    public static TimeSpan Visibility { get; } = TimeSpan.FromSeconds(120);

    public Scenario Scenario { get; }

    /// <summary>Names it among all that share the database.</summary>
    public int Number { get; }

    public ModelCloud Cloud { get; }

    public NpgsqlDataSource Database { get; }

    public Ledger Ledger { get; }

    public PostgresInbox Inbox { get; }

    public string Consumer => $"model-{Number}";

    public SqsBatchOptions Options { get; }

    public string QueueName => Name(Scenario, Number, "work");

    public static async Task<Stage> SetAsync(Scenario scenario, int number, ModelCloud cloud, NpgsqlDataSource database)
    {
        var work = await cloud.CreateQueueAsync(Name(scenario, number, "work"), Visibility);
        var dead = await cloud.CreateQueueAsync(Name(scenario, number, "dead"), Visibility);
        var stage = new Stage(scenario, number, cloud, database, work, dead);
        if (scenario.Faults)
        {
            cloud.Server.SetFaults(new() { Seed = scenario.Schedule, Rules = Faults(stage.QueueName) });
            foreach (var fate in stage.Ledger.Fates)
                fate.Disturbed = true;
        }

        return stage;
    }

    public async Task SendAsync(IEnumerable<Fate> fates)
    {
        foreach (var chunk in fates.Chunk(BatchEntries))
        {
            var answer = await Cloud.Sqs.SendMessageBatchAsync(new()
            {
                QueueUrl = Options.QueueUrl,
                Entries = [.. chunk.Select((fate, i) => new SendMessageBatchRequestEntry(i.ToString(CultureInfo.InvariantCulture), fate.Body)
                {
                    MessageGroupId = $"g{fate.Plan.Group}",
                    MessageDeduplicationId = Scenario.Fifo ? $"{++_deduplication}" : null,
                })],
            });
            Assert.Empty(answer.Failed ?? []);
        }
    }

    public async Task<IReadOnlyList<Message>> ReceiveAsync(string queueUrl, int count)
    {
        var answer = await Cloud.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = queueUrl,
            MaxNumberOfMessages = count,
            WaitTimeSeconds = 0,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["All"],
        });
        return answer.Messages ?? [];
    }

    private static string Name(Scenario scenario, int number, string what) => $"{what}-{number}{(scenario.Fifo ? ".fifo" : "")}";

    private static FaultRule[] Faults(string queue) =>
    [
        new() { Service = "sqs", Action = "SendMessage", Kind = FaultKind.Unavailable, Probability = 0.1 },
        new() { Service = "sqs", Action = "SendMessage", Kind = FaultKind.LostResponse, Probability = 0.05 },
        new() { Service = "sqs", Action = "ChangeMessageVisibilityBatch", Kind = FaultKind.PartialBatch, Probability = 0.1 },
        new() { Service = "sqs", Action = "DeleteMessageBatch", Kind = FaultKind.PartialBatch, Probability = 0.05 },
        new() { Service = "sqs", Action = queue, Kind = FaultKind.Duplicate, Probability = 0.05, Delay = TimeSpan.FromSeconds(60) },
        new() { Service = "sqs", Action = queue, Kind = FaultKind.Reorder, Probability = 0.1, Delay = TimeSpan.FromSeconds(30) },
    ];
}
