using System.Collections.Concurrent;
using Messaging.Envelope;
using Messaging.Outbox;
using Messaging.Publishing;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>An outbox on a real PostgreSQL whose messages leave to a place where a test decides what becomes of them.</summary>
internal sealed class RelayUnderTest(NpgsqlDataSource database) : IAsyncDisposable
{
    public NpgsqlDataSource Database { get; } = database;

    public OutboxOptions Options { get; set; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public RecordedLog<OutboxRelay> Log { get; } = new();

    public RecordedLog<OutboxRelayService> ServiceLog { get; } = new();

    /// <summary>The ids that are out, in order.</summary>
    public ConcurrentQueue<string> Sent { get; } = [];

    /// <summary>The ids that were tried, in order.</summary>
    public ConcurrentQueue<string> Tried { get; } = [];

    /// <summary>Why a message fails; null is not at all.</summary>
    public Func<string, Outbound, PublishFailureCause?> Fails { get; set; } = (_, _) => null;

    /// <summary>Runs in every call to a destination, before its messages leave.</summary>
    public Func<string, CancellationToken, Task> InCall { get; set; } = (_, _) => Task.CompletedTask;

    public OutboxRelay Relay => field ??= NewRelay();

    public OutboxWriter Writer => new(Database, PublishAsync, Options, Time, NullLogger<OutboxWriter>.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<RelayUnderTest> StartAsync(PostgresFixture postgres) => new(await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts));

    public static OutgoingMessage Message(string id, string key = "key", params IReadOnlyList<string> destinations) => OutgoingMessage.Create(
        new CloudEvent(id, "/tests", "greeting.sent.v1", DateTimeOffset.UnixEpoch), new Greeting("hello"), TestJson.Default.Greeting, key, destinations is [] ? ["events"] : destinations);

    /// <summary>A key of the same lane.</summary>
    public static string SameLaneAs(string key) =>
        Enumerable.Range(0, 1_000).Select(i => $"other-{i}").First(other => OutboxLane.Of("events", other) == OutboxLane.Of("events", key));

    public OutboxRelay NewRelay() => new(Database, PublishAsync, Options, Time, Log);

    public async Task<CommittedMessages> CommitAsync(params OutgoingMessage[] messages)
    {
        await using var connection = await Database.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var committed = await Writer.AddAsync(transaction, messages, Ct);
        await transaction.CommitAsync(Ct);
        return committed;
    }

    /// <summary>As if every time of grace, and every pause after a failed try, were over.</summary>
    public Task MakeDueAsync() => Database.ExecuteAsync("update outbox set available = clock_timestamp() where available > clock_timestamp()");

    /// <summary>As if every lane had rested, and every dead relay's lease were over.</summary>
    public Task EndLeasesAsync() => Database.ExecuteAsync("update outbox_lease set held_until = clock_timestamp()");

    public Task<SweepResult> SweepAsync() => Relay.SweepAsync(Ct);

    public Task<long> WaitingAsync() => Database.ScalarAsync<long>("select count(*) from outbox");

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> messages, CancellationToken cancellationToken)
    {
        await InCall(destination, cancellationToken);
        var failures = new List<PublishFailure>();
        var closed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            if (closed.Contains(message.Key))
            {
                failures.Add(new(message.Id, "behind", PublishFailureCause.EarlierMessage));
                continue;
            }

            Tried.Enqueue(message.Id);
            if (Fails(destination, message) is { } cause)
            {
                failures.Add(new(message.Id, $"{cause} at fault", cause));
                closed.Add(message.Key);
            }
            else
            {
                Sent.Enqueue(message.Id);
            }
        }

        return failures;
    }
}
