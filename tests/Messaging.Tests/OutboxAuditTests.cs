using System.Security.Cryptography;
using System.Text;
using Messaging.Outbox;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>What is remembered of acts on dead letters, on a real PostgreSQL.</summary>
public sealed class OutboxAuditTests(PostgresFixture postgres) : IAsyncLifetime
{
    private DeadLetterDesk _desk = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await DeadLetterDesk.OpenAsync(postgres);

    [Fact]
    public async Task Every_act_leaves_one_entry_with_who_when_and_why_and_never_the_body()
    {
        var row = Assert.Single(await _desk.CommitAsync(DeadLetterDesk.Message("1")));
        await _desk.ParkAsync(row, "InvalidMessageContents: no \0 good");
        var letter = await _desk.FindAsync("1");
        var old = await _desk.Letters.InspectAsync(letter, "anna", null, Stop);
        var body = old!.Replace("hello", "farewell", StringComparison.Ordinal);
        letter = await _desk.Letters.EditAsync(letter, body, "berta", "ticket 8", Stop);
        await _desk.Letters.ReplayAsync(letter!, "carla", "try again", Stop);
        await _desk.ParkAsync(row, "still bad");
        await _desk.Letters.DiscardAsync(await _desk.FindAsync("1"), "dora", "the guest does not need it", Stop);

        var entries = await _desk.AuditAsync("1");

        Assert.Equal(
            [
                (OutboxAct.Parked, "relay", "InvalidMessageContents: no ? good"),
                (OutboxAct.Inspected, "anna", null),
                (OutboxAct.Edited, "berta", "ticket 8"),
                (OutboxAct.Replayed, "carla", "try again"),
                (OutboxAct.Parked, "relay", "still bad"),
                (OutboxAct.Discarded, "dora", "the guest does not need it"),
            ],
            entries.Select(e => (e.Act, e.Actor, e.Note)));
        Assert.All(entries, e => Assert.Equal(("events", "1", "key", "greeting.sent.v1"), (e.Destination, e.MessageId, e.Key, e.Type)));
        Assert.Equal(entries.OrderBy(e => e.At), entries);
        Assert.Equal((Sha256(old), Sha256(body)), (entries[2].Sha256Before, entries[2].Sha256After));
        Assert.All(entries.Where(e => e.Act != OutboxAct.Edited), e => Assert.Null(e.Sha256Before ?? e.Sha256After));
        Assert.Equal(0, await _desk.Database.ScalarAsync<long>("select count(*) from outbox_audit a where a::text like '%hello%' or a::text like '%farewell%'"));
    }

    [Fact]
    public async Task An_act_whose_entry_cannot_be_written_is_not_done()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        var letter = await _desk.FindAsync("1");
        await _desk.Database.ExecuteAsync("alter table outbox_audit rename to outbox_audit_gone");

        await Assert.ThrowsAsync<PostgresException>(() => _desk.Letters.EditAsync(letter, DeadLetterDesk.Message("1").Body, "anna", null, Stop));
        await Assert.ThrowsAsync<PostgresException>(() => _desk.Letters.ReplayAsync(letter, "anna", null, Stop));
        await Assert.ThrowsAsync<PostgresException>(() => _desk.Letters.ReplayAllAsync("events", null, "anna", null, Stop));
        await Assert.ThrowsAsync<PostgresException>(() => _desk.Letters.DiscardAsync(letter, "anna", null, Stop));
        await Assert.ThrowsAsync<PostgresException>(() => _desk.Letters.InspectAsync(letter, "anna", null, Stop));

        Assert.Equal(letter, await _desk.FindAsync("1"));
        Assert.Equal(0, await _desk.Database.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task The_entries_of_a_message_are_read_in_pages()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"), DeadLetterDesk.Message("2"));
        var letter = await _desk.FindAsync("1");
        for (var i = 0; i < 6; i++)
            await _desk.Letters.InspectAsync(letter, $"operator {i}", null, Stop);

        var first = await _desk.Letters.AuditAsync("events", "1", null, 4, Stop);
        var second = await _desk.Letters.AuditAsync("events", "1", first[^1], 4, Stop);

        Assert.Equal(["relay", "operator 0", "operator 1", "operator 2", "operator 3", "operator 4", "operator 5"], first.Concat(second).Select(e => e.Actor));
        Assert.Empty(await _desk.Letters.AuditAsync("events", "1", second[^1], 4, Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _desk.Letters.AuditAsync("events", "1", null, 1_001, Stop));
    }

    [Fact]
    public async Task A_second_copy_of_a_dead_letter_is_dropped_and_the_audit_says_so()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"), DeadLetterDesk.Message("1"));

        Assert.Single(await _desk.Letters.ListAsync(new(), Stop));
        Assert.Equal(
            [(OutboxAct.Parked, "no reason"), (OutboxAct.Discarded, "A message with this id is parked already.")],
            (await _desk.AuditAsync("1")).Select(e => (e.Act, e.Note)));
    }

    [Theory]
    [InlineData("", null, "The actor has 1 to 256 characters, none of them a control character. Say who acts.")]
    [InlineData("an\nna", null, "The actor has 1 to 256 characters, none of them a control character. Say who acts.")]
    [InlineData("257", null, "The actor has 1 to 256 characters, none of them a control character. Say who acts.")]
    [InlineData("relay", null, "The actor 'relay' is the relay itself. Say who acts.")]
    [InlineData("anna", "1025", "The note has 1025 characters; 1024 is the most.")]
    public async Task Nobody_acts_without_a_name_or_with_a_note_without_end(string actor, string? note, string complaint)
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        var letter = await _desk.FindAsync("1");
        (actor, note) = (actor == "257" ? new string('a', 257) : actor, note is null ? null : new string('n', 1_025));

        Func<Task>[] acts =
        [
            () => _desk.Letters.InspectAsync(letter, actor, note, Stop),
            () => _desk.Letters.EditAsync(letter, DeadLetterDesk.Message("1").Body, actor, note, Stop),
            () => _desk.Letters.ReplayAsync(letter, actor, note, Stop),
            () => _desk.Letters.ReplayAllAsync("events", null, actor, note, Stop),
            () => _desk.Letters.DiscardAsync(letter, actor, note, Stop),
        ];
        foreach (var act in acts)
            Assert.StartsWith(complaint, (await Assert.ThrowsAsync<ArgumentException>(act)).Message, StringComparison.Ordinal);

        Assert.Equal(letter, await _desk.FindAsync("1"));
    }

    [Fact]
    public async Task Acts_past_400_days_are_forgotten_in_bounded_pages_oldest_first()
    {
        await FillAsync(2_345, days: 400.1);
        await FillAsync(100, days: 500);
        await FillAsync(17, days: 399.9);

        Assert.Equal(10, await CleanUpAsync(new() { PageSize = 10, MostPages = 1 }));
        Assert.Equal(90, await _desk.Database.ScalarAsync<long>("select count(*) from outbox_audit where acted < now() - interval '450 days'"));
        Assert.Equal(2_435, (await Task.WhenAll(CleanUpAsync(new()), CleanUpAsync(new()))).Sum());
        Assert.Equal(17, await _desk.Database.ScalarAsync<long>("select count(*) from outbox_audit"));
    }

    [Fact]
    public async Task The_clean_up_goes_by_an_index()
    {
        await FillAsync(20_000, days: 390);
        await _desk.Database.ExecuteAsync("update outbox_audit set acted = acted - interval '30 days' where message_id like '%7'");
        await _desk.Database.ExecuteAsync("analyze outbox_audit");

        await AssertNoSequentialScanAsync(OutboxAuditCleanup.EndOfPage, DateTime.UnixEpoch, Guid.Empty, TimeSpan.FromDays(400), 500);
        await AssertNoSequentialScanAsync(OutboxAuditCleanup.DeletePage, DateTime.UtcNow.AddDays(-419), Guid.Empty, DateTime.UnixEpoch);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Task<int> CleanUpAsync(OutboxAuditCleanupOptions options) =>
        new OutboxAuditCleanup(_desk.Database, options, NullLogger<OutboxAuditCleanup>.Instance).RunAsync(Stop);

    private Task FillAsync(int entries, double days) => _desk.Database.ExecuteAsync(FormattableString.Invariant(
        $"""
        insert into outbox_audit (destination, message_id, acted, audit_id, actor, act, message_key, message_type)
        select 'events', 'id-' || g, now() - interval '1 day' * {days} + interval '1 second' * g / 100, gen_random_uuid(), 'relay', 'Parked', 'key', 'type' from generate_series(1, {entries}) g
        """));

    private async Task AssertNoSequentialScanAsync(string sql, params object[] values)
    {
        await using var command = _desk.Database.CreateCommand("explain " + sql);
        command.AddValues(values);
        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
            plan.Add(reader.GetString(0));
        Assert.NotEmpty(plan);
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }
}
