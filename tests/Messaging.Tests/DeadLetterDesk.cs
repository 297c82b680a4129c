using System.Text;
using Messaging.Envelope;
using Messaging.Outbox;
using Messaging.Publishing;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>An outbox on a database of its own, a FIFO queue behind it, and the dead letters in between.</summary>
internal sealed class DeadLetterDesk : IAsyncDisposable
{
    private readonly string _queue;

    private DeadLetterDesk(NpgsqlDataSource database, TestCloud cloud, string queue) => (Database, Cloud, _queue) = (database, cloud, queue);

    public NpgsqlDataSource Database { get; }

    public TestCloud Cloud { get; }

    public RecordedLog<OutboxDeadLetters> Log { get; } = new();

    public OutboxDeadLetters Letters => new(Database, Log);

    /// <summary>What happens before each call of the relay.</summary>
    public Func<IReadOnlyList<Outbound>, Task>? BeforePublish { get; set; }

    public static async Task<DeadLetterDesk> OpenAsync(PostgresFixture postgres)
    {
        var database = await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts);
        var cloud = await TestCloud.StartAsync();
        return new(database, cloud, await cloud.CreateQueueAsync("events.fifo"));
    }

    public static OutgoingMessage Message(string id, string key = "key", string destination = "events") => OutgoingMessage.Create(
        new CloudEvent(id, "/tests", "greeting.sent.v1", DateTimeOffset.UnixEpoch), new Greeting($"hello {id}"), TestJson.Default.Greeting, key, [destination]);

    /// <summary>Commits messages, each in a transaction of its own, and leaves them to the relay.</summary>
    /// <returns>Those of their rows that wait for no dead letter.</returns>
    public async Task<IReadOnlyList<OutboxRow>> CommitAsync(params IEnumerable<OutgoingMessage> messages)
    {
        var all = messages.ToArray();
        var writer = new OutboxWriter(Database, PublishAsync, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance);
        foreach (var message in all)
        {
            await using var connection = await Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await writer.AddAsync(transaction, message, TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        await Database.ExecuteAsync("update outbox set available = clock_timestamp()");
        var rows = new List<OutboxRow>();
        foreach (var lane in all.SelectMany(m => m.Destinations.Select(d => OutboxLane.Of(d, m.Key))).Distinct())
            rows.AddRange((await OutboxTable.FirstPageAsync(Database, lane, 1_000, TestContext.Current.CancellationToken)).Rows);
        return [.. rows.Where(r => all.Any(m => m.Id == r.Message.Id))];
    }

    /// <summary>One sweep of a relay.</summary>
    public Task SweepAsync(OutboxOptions? options = null) =>
        new OutboxRelay(Database, PublishAsync, options ?? new(), TimeProvider.System, NullLogger<OutboxRelay>.Instance).SweepAsync(TestContext.Current.CancellationToken);

    /// <summary>Commits messages and parks each of them, as relays do: several of one key only if one of the relays had lost its lane.</summary>
    public async Task ParkAsync(params IEnumerable<OutgoingMessage> messages)
    {
        foreach (var row in await CommitAsync(messages))
            await ParkAsync(row);
    }

    /// <summary>Parks a message of the outbox, as a relay does.</summary>
    public async Task ParkAsync(OutboxRow row, string reason = "no reason")
    {
        await using var connection = await Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await LaneChanges.ParkAsync(transaction, row, reason, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<OutboxDeadLetter> FindAsync(string messageId, string destination = "events") =>
        await Letters.FindAsync(destination, messageId, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException($"{messageId} is no dead letter.");

    public Task<IReadOnlyList<OutboxAuditEntry>> AuditAsync(string messageId) =>
        Letters.AuditAsync("events", messageId, null, 1_000, TestContext.Current.CancellationToken);

    /// <summary>The bodies that the queue has got since it was asked last.</summary>
    public async Task<IReadOnlyList<string>> BodiesAsync() => [.. (await Cloud.DrainAsync(_queue)).Select(m => m.Body)];

    /// <summary>The ids of what the queue has got since it was asked last.</summary>
    public async Task<IEnumerable<string>> ReceivedAsync() =>
        (await BodiesAsync()).Select(b => CloudEventReader.Read(Encoding.UTF8.GetBytes(b)).Event.Id);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Cloud.DisposeAsync();
    }

    private async Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> messages, CancellationToken cancellationToken)
    {
        if (BeforePublish is not null)
            await BeforePublish(messages);
        return await new Publisher(Cloud.Sqs, Cloud.Sns, new(_ => _queue)).PublishAsync(destination, messages, cancellationToken);
    }
}
