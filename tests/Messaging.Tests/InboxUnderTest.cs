using Messaging.Consuming;
using Messaging.Inbox;
using Messaging.Outbox;
using Messaging.Publishing;
using Messaging.Schema;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>An inbox on a database of its own, with a queue that takes what handlers announce.</summary>
internal sealed class InboxUnderTest : IAsyncDisposable
{
    public static readonly Received<Greeting> Message = new(new("id-1", "/tests", "greeting.sent.v1", DateTimeOffset.UnixEpoch), new("hello"), 1);

    private InboxUnderTest(NpgsqlDataSource database, TestCloud cloud, string queue) => (Database, Cloud, Queue) = (database, cloud, queue);

    public NpgsqlDataSource Database { get; }

    public TestCloud Cloud { get; }

    public string Queue { get; }

    public static async Task<InboxUnderTest> StartAsync(PostgresFixture postgres)
    {
        var database = await postgres.NewDatabaseAsync([.. SchemaMigrator.LibraryScripts, new("900_effects.sql", "create table effects (n integer not null);\n")]);
        var cloud = await TestCloud.StartAsync();
        return new(database, cloud, await cloud.CreateQueueAsync("events"));
    }

    /// <summary>An inbox of the consumer <c>tests</c>.</summary>
    public PostgresInbox Open(TimeProvider? time = null, ILogger<PostgresInbox>? logger = null, NpgsqlDataSource? through = null)
    {
        var publisher = new Publisher(Cloud.Sqs, Cloud.Sns, new(_ => Queue));
        var outbox = new OutboxWriter(through ?? Database, publisher.PublishAsync, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance);
        return new("tests", through ?? Database, outbox, logger ?? NullLogger<PostgresInbox>.Instance, new(), time);
    }

    public Task<long> EffectsAsync() => Database.ScalarAsync<long>("select count(*) from effects");

    /// <summary>As if the owner of the lease had been killed and its time had passed.</summary>
    public Task ExpireLeaseAsync() => Database.ExecuteAsync("update inbox set lease_until = clock_timestamp() where not done");

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Cloud.DisposeAsync();
    }
}
