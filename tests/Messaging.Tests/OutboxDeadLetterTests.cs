using Messaging.Outbox;
using Messaging.Publishing;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>What an operator does with messages that could not be published, on a real PostgreSQL and a real queue.</summary>
public sealed class OutboxDeadLetterTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Anna = "anna@example.com";
    private DeadLetterDesk _desk = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _desk = await DeadLetterDesk.OpenAsync(postgres);

    [Fact]
    public async Task A_message_that_the_service_would_refuse_is_parked_at_once_while_its_nine_neighbours_leave_and_its_followers_wait()
    {
        await _desk.CommitAsync(Enumerable.Range(0, 10).Select(i => i == 4 ? Bad("4", "key-4") : DeadLetterDesk.Message($"{i}", $"key-{i}")));
        await _desk.CommitAsync(DeadLetterDesk.Message("follower", "key-4"));

        // The keys are in several lanes. One more sweep changes nothing.
        await _desk.SweepAsync();
        await _desk.SweepAsync();

        Assert.Equal(["0", "1", "2", "3", "5", "6", "7", "8", "9"], (await _desk.ReceivedAsync()).Order());
        var letter = Assert.Single(await ListAsync(new()));
        Assert.Equal(("4", "key-4", "greeting.sent.v1", 1), (letter.MessageId, letter.Key, letter.Type, letter.Attempts));
        Assert.Contains("it has characters in its body that SQS refuses", letter.Reason, StringComparison.Ordinal);
        Assert.Equal("follower", await _desk.Database.ScalarAsync<string>("select message_id from outbox"));
    }

    [Fact]
    public async Task The_bad_one_of_ten_in_one_call_is_parked_and_the_other_nine_leave_with_that_call()
    {
        var keys = Enumerable.Range(0, 1_000).Select(i => $"key-{i}").Where(k => OutboxLane.Of("events", k) == OutboxLane.Of("events", "key-0")).Take(10).ToArray();
        await _desk.CommitAsync(keys.Select((key, i) => i == 4 ? Bad("4", key) : DeadLetterDesk.Message($"{i}", key)));
        var calls = new List<int>();
        _desk.BeforePublish = messages =>
        {
            calls.Add(messages.Count);
            return Task.CompletedTask;
        };

        await _desk.SweepAsync();

        Assert.Equal([10], calls);
        Assert.Equal(["0", "1", "2", "3", "5", "6", "7", "8", "9"], (await _desk.ReceivedAsync()).Order());
        Assert.Equal("4", Assert.Single(await ListAsync(new())).MessageId);
    }

    [Fact]
    public async Task Dead_letters_are_listed_by_destination_and_key_in_pages_of_a_stable_order()
    {
        var messages = Enumerable.Range(0, 25).Select(i => DeadLetterDesk.Message($"{i:d2}", $"key-{i % 5}", i % 2 == 0 ? "events" : "others")).ToArray();
        await _desk.ParkAsync(messages);

        var listed = new List<OutboxDeadLetter>();
        var query = new OutboxDeadLetterQuery { PageSize = 7 };
        while (await ListAsync(query) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 7);
            listed.AddRange(page);
            query = query with { After = page[^1] };
        }

        Assert.Equal(messages.Select(m => m.Id), listed.Select(l => l.MessageId).Order());
        Assert.Equal(listed.OrderBy(l => (l.Destination, l.Key, l.MessageId)), listed);
        Assert.Equal(12, (await ListAsync(new() { Destination = "others" })).Count);
        Assert.Equal(["00", "10", "20"], (await ListAsync(new() { Destination = "events", Key = "key-0" })).Select(l => l.MessageId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public void A_page_without_bound_is_refused(int size) =>
        Assert.StartsWith("PageSize is 1 to 1,000.", Assert.Throws<ArgumentOutOfRangeException>(() => new OutboxDeadLetterQuery { PageSize = size }).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_dead_letter_tells_of_itself_and_its_body_is_read_by_somebody_the_audit_knows()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));

        var letter = await _desk.FindAsync("1");
        var body = await _desk.Letters.InspectAsync(letter, Anna, "ticket 7", Stop);

        Assert.Equal(DeadLetterDesk.Message("1").Body, body);
        Assert.Equal(body!.Length, letter.Bytes);
        Assert.DoesNotContain("hello", letter.ToString(), StringComparison.Ordinal);
        Assert.Equal((OutboxAct.Inspected, Anna, "ticket 7"), Last(await _desk.AuditAsync("1")));
        Assert.Null(await _desk.Letters.FindAsync("events", "2", Stop));
    }

    [Fact]
    public async Task An_edited_message_leaves_with_its_new_body_when_it_is_replayed()
    {
        await _desk.CommitAsync(Bad("1", "key"));
        await _desk.SweepAsync();
        var mended = DeadLetterDesk.Message("1").Body;

        var edited = await _desk.Letters.EditAsync(await _desk.FindAsync("1"), mended, Anna, "a character that SQS refuses", Stop);
        Assert.Equal(await _desk.FindAsync("1"), edited);
        Assert.True(await _desk.Letters.ReplayAsync(edited!, Anna, null, Stop));
        await _desk.SweepAsync();

        Assert.Equal([mended], await _desk.BodiesAsync());
        Assert.Empty(await ListAsync(new()));
    }

    [Theory]
    [InlineData("secret, no JSON", "is no CloudEvents message: The body is not JSON: line 0, byte 0.")]
    [InlineData("""{"specversion":"1.0","id":"2","source":"/s","type":"greeting.sent.v1","time":"2026-01-01T00:00:00Z","partitionkey":"key","data":"secret"}""", "has another id: that would be another message.")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"greeting.sent.v2","time":"2026-01-01T00:00:00Z","partitionkey":"key","data":"secret"}""", "has another type: it must stay greeting.sent.v1.")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"greeting.sent.v1","time":"2026-01-01T00:00:00Z","partitionkey":"secret","data":"secret"}""", "has another partition key, or none: it would lose its place among the messages of its key.")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"greeting.sent.v1","time":"2026-01-01T00:00:00Z","partitionkey":"key"}""", "is no CloudEvents message: The attribute data is missing.")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"greeting.sent.v1","time":"2026-01-01T00:00:00Z","partitionkey":"key","data":"secret \uFFFF"}""", null)]
    [InlineData("""{"Type":"Notification","Message":"{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"greeting.sent.v1\",\"time\":\"2026-01-01T00:00:00Z\",\"partitionkey\":\"key\",\"data\":\"secret\"}"}""", "is the notification that SNS wraps a message in: take its Message.")]
    public async Task An_edit_that_makes_another_message_of_it_is_refused_before_anything_is_touched(string body, string? complaint)
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        var letter = await _desk.FindAsync("1");

        if (complaint is null)
        {
            // Escaped, JSON may have any character; raw, SQS would refuse it.
            body = body.Replace("\\uFFFF", "\uFFFF", StringComparison.Ordinal);
            complaint = $"has a character at position {body.IndexOf('\uFFFF', StringComparison.Ordinal)} that SQS refuses: U+FFFE or U+FFFF.";
        }

        await AssertRefusedAsync(letter, body, complaint);
    }

    [Fact]
    public async Task An_edit_that_no_topic_takes_is_refused_before_anything_is_touched()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        var letter = await _desk.FindAsync("1");
        string Body(char c, int count) => DeadLetterDesk.Message("1").Body.Replace("hello 1", new string(c, count), StringComparison.Ordinal);

        await AssertRefusedAsync(letter, Body('x', 300_000), $"has {Body('x', 300_000).Length} characters; 261120 bytes are the most a topic takes.");
        await AssertRefusedAsync(letter, Body('é', 200_000), $"has {Body('x', 400_000).Length} bytes; 261120 are the most a topic takes.");
        await AssertRefusedAsync(letter, Body('\uD800', 1), $"has half a surrogate pair at position {Body('\uD800', 1).IndexOf('\uD800', StringComparison.Ordinal)}.");
    }

    [Fact]
    public async Task A_replayed_message_begins_its_attempts_anew()
    {
        var row = Assert.Single(await _desk.CommitAsync(DeadLetterDesk.Message("1")));
        await _desk.ParkAsync(row with { Attempts = 49 });
        Assert.Equal(50, (await _desk.FindAsync("1")).Attempts);

        await _desk.Letters.ReplayAsync(await _desk.FindAsync("1"), Anna, null, Stop);

        Assert.Equal(0, await _desk.Database.ScalarAsync<int>("select attempts from outbox"));
    }

    [Fact]
    public async Task All_of_a_destination_are_replayed_by_one_call_however_many_they_are()
    {
        await _desk.ParkAsync(Enumerable.Range(0, 50).Select(i => DeadLetterDesk.Message($"{i:d2}", $"key-{i}")));
        await _desk.ParkAsync(DeadLetterDesk.Message("other", "key", "others"));

        Assert.Equal(50, await _desk.Letters.ReplayAllAsync("events", null, Anna, "the queue is back", Stop));
        await _desk.SweepAsync();

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i:d2}"), (await _desk.ReceivedAsync()).Order());
        Assert.Equal("other", Assert.Single(await ListAsync(new())).MessageId);
        Assert.Equal(50, await _desk.Database.ScalarAsync<long>("select count(*) from outbox_audit where act = 'Replayed' and note = 'the queue is back'"));
    }

    [Fact]
    public async Task All_of_a_key_are_replayed_by_one_call_in_their_order()
    {
        // Ids in another order than the messages.
        var ids = Enumerable.Range(0, 40).Select(i => $"{(i * 7) % 40:d2}").ToArray();
        await _desk.ParkAsync(ids.Select(id => DeadLetterDesk.Message(id)));
        await _desk.ParkAsync(DeadLetterDesk.Message("other", "another-key"));

        Assert.Equal(40, await _desk.Letters.ReplayAllAsync("events", "key", Anna, null, Stop));
        await _desk.SweepAsync();

        Assert.Equal(ids, await _desk.ReceivedAsync());
        Assert.Equal("other", Assert.Single(await ListAsync(new())).MessageId);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("events", "")]
    public async Task All_of_nothing_in_particular_are_not_replayed(string destination, string? key)
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));

        await Assert.ThrowsAsync<ArgumentException>(() => _desk.Letters.ReplayAllAsync(destination, key, Anna, null, Stop));
        Assert.Single(await ListAsync(new()));
    }

    [Fact]
    public async Task What_is_parked_while_all_are_replayed_stays()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"), DeadLetterDesk.Message("2"));
        await _desk.Database.ExecuteAsync("update outbox_parked set parked = clock_timestamp() + interval '1 hour' where message_id = '1'");

        Assert.Equal(1, await _desk.Letters.ReplayAllAsync("events", null, Anna, null, Stop));
        Assert.Equal("1", Assert.Single(await ListAsync(new())).MessageId);
    }

    [Fact]
    public async Task Of_many_operators_who_replay_or_discard_one_message_one_succeeds_and_the_others_are_told()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        var letter = await _desk.FindAsync("1");

        var done = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => i % 2 == 0
            ? _desk.Letters.ReplayAsync(letter, $"operator {i}", null, Stop)
            : _desk.Letters.DiscardAsync(letter, $"operator {i}", null, Stop)));

        var winner = Array.IndexOf(done, true);
        Assert.Single(done, true);
        Assert.Equal($"operator {winner}", (await _desk.AuditAsync("1"))[^1].Actor);
        Assert.Equal(2, (await _desk.AuditAsync("1")).Count);
        Assert.Equal(winner % 2 == 0 ? 1 : 0, await _desk.Database.ScalarAsync<long>("select count(*) from outbox"));
        Assert.Null(await _desk.Letters.InspectAsync(letter, Anna, null, Stop));
        Assert.Null(await _desk.Letters.EditAsync(letter, DeadLetterDesk.Message("1").Body, Anna, null, Stop));
    }

    [Fact]
    public async Task Of_many_operators_who_replay_all_each_message_is_replayed_by_one()
    {
        await _desk.ParkAsync(Enumerable.Range(0, 60).Select(i => DeadLetterDesk.Message($"{i:d2}", $"key-{i}")));

        var replayed = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => _desk.Letters.ReplayAllAsync("events", null, $"operator {i}", null, Stop)));

        Assert.Equal(60, replayed.Sum());
        Assert.Equal(60, await _desk.Database.ScalarAsync<long>("select count(*) from outbox"));
        Assert.Equal(60, await _desk.Database.ScalarAsync<long>("select count(*) from outbox_audit where act = 'Replayed'"));
    }

    [Fact]
    public async Task An_act_on_a_message_that_somebody_edited_or_replayed_since_it_was_read_is_not_done()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));
        var read = await _desk.FindAsync("1");
        var edited = await _desk.Letters.EditAsync(read, DeadLetterDesk.Message("1").Body, "berta", null, Stop);

        Assert.Null(await _desk.Letters.EditAsync(read, DeadLetterDesk.Message("1").Body, Anna, null, Stop));
        Assert.False(await _desk.Letters.DiscardAsync(read, Anna, null, Stop));

        // Replayed and parked again: not what was read either.
        await _desk.Letters.ReplayAsync(edited!, "berta", null, Stop);
        var created = await _desk.Database.ScalarAsync<DateTime>("select created from outbox");
        await _desk.ParkAsync(new OutboxRow(OutboxLane.Of("events", "key"), created, 0, new("1", "greeting.sent.v1", "key", DeadLetterDesk.Message("1").Body), 0, true));
        Assert.False(await _desk.Letters.ReplayAsync(edited!, Anna, null, Stop));
        Assert.DoesNotContain(await _desk.AuditAsync("1"), e => e.Actor == Anna);
    }

    [Fact]
    public async Task An_act_that_meets_a_concurrent_change_is_run_again_and_done_once()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"), DeadLetterDesk.Message("2"));
        var letter = await _desk.FindAsync("1");
        await _desk.Database.ExecuteAsync("create sequence tries");
        await _desk.Database.ExecuteAsync(
            """
            create function conflict() returns trigger language plpgsql as $$
            begin
              if nextval('tries') % 3 <> 0 then raise exception 'change conflicts with another transaction' using errcode = '40001'; end if;
              return null;
            end $$
            """);
        await _desk.Database.ExecuteAsync("create trigger conflict after insert on outbox_audit for each statement execute function conflict()");

        var edited = await _desk.Letters.EditAsync(letter, DeadLetterDesk.Message("1").Body, Anna, null, Stop);
        Assert.True(await _desk.Letters.DiscardAsync(edited!, Anna, null, Stop));
        Assert.Equal(1, await _desk.Letters.ReplayAllAsync("events", null, Anna, null, Stop));

        Assert.Equal([OutboxAct.Parked, OutboxAct.Edited, OutboxAct.Discarded], (await _desk.AuditAsync("1")).Select(e => e.Act));
        Assert.Equal(9, await _desk.Database.ScalarAsync<long>("select last_value from tries"));
    }

    [Fact]
    public async Task An_act_is_told_in_the_log_by_ids_alone()
    {
        await _desk.ParkAsync(DeadLetterDesk.Message("1"));

        await _desk.Letters.DiscardAsync(await _desk.FindAsync("1"), Anna, "a note", Stop);

        Assert.Equal("Discarded: dead letter 1 to events; the audit says by whom", Assert.Single(_desk.Log.Lines).Text);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    // Escaped, the serializer would send it; this one was written by hand.
    private static OutgoingMessage Bad(string id, string key)
    {
        var message = DeadLetterDesk.Message(id, key);
        return message with { Body = message.Body.Replace("hello", "\uFFFF", StringComparison.Ordinal) };
    }

    private static (OutboxAct Act, string Actor, string? Note) Last(IReadOnlyList<OutboxAuditEntry> entries) => (entries[^1].Act, entries[^1].Actor, entries[^1].Note);

    private Task<IReadOnlyList<OutboxDeadLetter>> ListAsync(OutboxDeadLetterQuery query) => _desk.Letters.ListAsync(query, Stop);

    private async Task AssertRefusedAsync(OutboxDeadLetter letter, string body, string complaint)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => _desk.Letters.EditAsync(letter, body, Anna, null, Stop));

        Assert.Equal($"The new body of message 1 to events {complaint} Nothing was changed.", error.Message);
        Assert.Null(error.InnerException);
        Assert.Equal(letter, await _desk.FindAsync("1"));
        Assert.Equal(DeadLetterDesk.Message("1").Body, await _desk.Database.ScalarAsync<string>("select body from outbox_parked"));
        Assert.Equal(OutboxAct.Parked, Assert.Single(await _desk.AuditAsync("1")).Act);
    }
}
