using Messaging.Envelope;
using Messaging.Outbox;
using Messaging.Publishing;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>The outbox on a real PostgreSQL and real queues.</summary>
public sealed class OutboxTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly OutboxOptions Options = new();
    private readonly Dictionary<string, string> _addresses = [];
    private NpgsqlDataSource _database = null!;
    private TestCloud _cloud = null!;
    private string _queue = null!;

    private Publisher Publisher => new(_cloud.Sqs, _cloud.Sns, new(_addresses.GetValueOrDefault));

    private OutboxWriter Writer => new(_database, Publisher.PublishAsync, Options, TimeProvider.System, NullLogger<OutboxWriter>.Instance);

    private OutboxRelay Relay => new(_database, Publisher.PublishAsync, Options, TimeProvider.System, NullLogger<OutboxRelay>.Instance);

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts);
        _cloud = await TestCloud.StartAsync();
        _queue = await _cloud.CreateQueueAsync("events.fifo");
        _addresses["DESTINATION_EVENTS"] = _queue;
    }

    [Fact]
    public async Task What_is_committed_is_published_at_once_and_leaves_no_row()
    {
        await Writer.PublishAsync(await CommitAsync(Message("1"), Message("2")), TestContext.Current.CancellationToken);

        Assert.Equal(["1", "2"], await ReceivedAsync());
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task One_message_leaves_for_a_topic_a_FIFO_topic_and_a_queue()
    {
        _addresses["DESTINATION_PLAIN"] = await _cloud.CreateTopicAsync("plain");
        _addresses["DESTINATION_ORDERED"] = await _cloud.CreateTopicAsync("ordered.fifo");
        var plain = await _cloud.SubscribeAsync(_addresses["DESTINATION_PLAIN"], "of-plain");
        var ordered = await _cloud.SubscribeAsync(_addresses["DESTINATION_ORDERED"], "of-ordered.fifo");

        await Writer.PublishAsync(await CommitAsync(Message("1") with { Destinations = ["plain", "ordered", "events"] }), TestContext.Current.CancellationToken);

        Assert.Equal(["1"], await ReceivedAsync());
        Assert.Equal(["1"], await ReceivedAsync(plain));
        Assert.Equal(["1"], await ReceivedAsync(ordered));
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task What_is_rolled_back_is_never_published()
    {
        await using (var connection = await _database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
            await Writer.AddAsync(transaction, [Message("ghost")], TestContext.Current.CancellationToken);

        await MakeDueAsync();
        Assert.Equal(new(0, 0, 0), await Relay.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await ReceivedAsync());
    }

    [Fact]
    public async Task What_a_crash_left_is_published_by_the_relay_when_its_grace_is_over()
    {
        await CommitAsync(Message("1"), Message("2"));

        Assert.Equal(new(0, 0, 0), await Relay.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await ReceivedAsync());

        await MakeDueAsync();
        Assert.Equal(new(2, 0, 0), await Relay.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["1", "2"], await ReceivedAsync());
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task A_message_behind_one_that_waits_is_left_to_the_relay_and_keeps_its_place()
    {
        await CommitAsync(Message("1"));
        await Writer.PublishAsync(await CommitAsync(Message("2")), TestContext.Current.CancellationToken);

        Assert.Empty(await ReceivedAsync());

        // The first one's grace runs still: the second must not overtake it.
        Assert.Equal(new(0, 2, 0), await Relay.SweepAsync(TestContext.Current.CancellationToken));
        await MakeDueAsync();
        Assert.Equal(new(2, 0, 0), await Relay.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["1", "2"], await ReceivedAsync());
    }

    [Fact]
    public async Task A_destination_that_is_gone_keeps_its_messages_and_stalls_no_other()
    {
        _addresses["DESTINATION_GONE"] = _queue.Replace("events", "gone", StringComparison.Ordinal);
        await CommitAsync(Message("1", destination: "gone"), Message("2"));
        await MakeDueAsync();

        Assert.Equal(new(1, 1, 0), await Relay.SweepAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["2"], await ReceivedAsync());
        Assert.Equal(0, await _database.ScalarAsync<int>("select attempts from outbox where destination = 'gone'"));
    }

    [Fact]
    public async Task A_destination_without_an_address_stalls_no_other()
    {
        await CommitAsync(Message("1", destination: "a-name-of-old"), Message("2"));
        await MakeDueAsync();

        Assert.Equal(new(1, 1, 0), await Relay.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["2"], await ReceivedAsync());
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("ümlaut")]
    [InlineData("")]
    public void A_key_that_SQS_refuses_is_refused_before_the_transaction(string key) =>
        Assert.StartsWith("The key of message greeting.sent.v1 1 is no message group id", Assert.Throws<ArgumentException>(() => Message("1", key)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Many_pages_of_one_key_leave_in_order()
    {
        var ids = Enumerable.Range(0, 2 * Options.PageSize + 7).Select(i => $"{i:d4}").ToArray();
        foreach (var chunk in ids.Chunk(100))
            await CommitAsync([.. chunk.Select(id => Message(id))]);
        await MakeDueAsync();

        Assert.Equal(new(ids.Length, 0, 0), await Relay.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ids, await ReceivedAsync());
    }

    [Fact]
    public async Task A_message_that_no_topic_takes_is_refused_before_it_is_written()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(Message("small"), Message("big", text: new string('x', 300_000))));

        Assert.Equal(
            "The message greeting.sent.v1 big has 300214 bytes with its attributes; 262144 are the most that its destinations take. Prepare it with a claim check (PayloadBucket), or send a reference instead of the data.",
            error.Message);
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public void A_message_that_not_even_S3_should_keep_is_refused_when_it_is_made()
    {
        var error = Assert.Throws<ArgumentException>(() => Message("huge", text: new string('x', OutgoingMessage.LargestBody)));

        Assert.Contains("16777216 are the most, in S3 too. Send a reference instead of the data.", error.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private static OutgoingMessage Message(string id, string key = "key", string destination = "events", string text = "hello") => OutgoingMessage.Create(
        new CloudEvent(id, "/tests", "greeting.sent.v1", DateTimeOffset.UnixEpoch), new Greeting(text), TestJson.Default.Greeting, key, [destination]);

    private async Task<CommittedMessages> CommitAsync(params OutgoingMessage[] messages)
    {
        await using var connection = await _database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var committed = await Writer.AddAsync(transaction, messages, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return committed;
    }

    private Task MakeDueAsync() => _database.ExecuteAsync("update outbox set available = clock_timestamp()");

    private Task<long> WaitingAsync() => _database.ScalarAsync<long>("select count(*) from outbox");

    private async Task<IEnumerable<string>> ReceivedAsync(string? queue = null) =>
        (await _cloud.DrainAsync(queue ?? _queue)).Select(m => CloudEventReader.Read(System.Text.Encoding.UTF8.GetBytes(m.Body)).Event.Id);
}
