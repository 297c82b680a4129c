using Amazon.SQS;
using Amazon.SQS.Model;
using LocalCloud.Faults;
using Messaging.Consuming;
using Messaging.Parking;
using Npgsql;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Parked groups on a real PostgreSQL and a real queue.</summary>
public sealed class ParkingTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly FaultPlan NothingIsSent = new() { Rules = [new() { Service = "sqs", Action = "SendMessage", Kind = FaultKind.InternalError }] };
    private ParkingQueue _queue = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _queue = await ParkingQueue.StartAsync(postgres);

    [Fact]
    public async Task The_followers_of_a_dead_letter_wait_in_order_while_other_groups_flow()
    {
        await ParkAsync("a1", "b1", "a2", "a3", "b3", "a4");
        await _queue.SendAsync("a5", "b4");
        await _queue.RunAsync();

        Assert.Equal(["a1", "a2"], _queue.RunsOf("a"));
        Assert.Equal(["b1", "b3", "b4"], _queue.RunsOf("b"));
        Assert.Equal(["a3", "a4", "a5"], await _queue.WaitingAsync("a"));
        var dead = Assert.Single(await _queue.DeadAsync());
        var group = Assert.Single(await _queue.Groups.ListAsync(null, 10, None));
        Assert.Equal(("a", "no good", false, 3), (group.GroupId, group.Reason, group.IsReleased, group.Waiting));
        Assert.Equal(dead.MessageAttributes!["DeadLetterMessageId"].StringValue, group.DeadMessageId);
    }

    [Fact]
    public async Task Without_parking_followers_overtake()
    {
        _queue.Parking = null;
        await ParkAsync("a1", "a2", "a3");

        Assert.Equal(["a1", "a2", "a3"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task A_message_that_cannot_be_decoded_parks_its_group()
    {
        await _queue.SendBodyAsync("a", "garbage");
        await _queue.SendAsync("a2");
        await _queue.RunAsync();

        Assert.Empty(_queue.Runs);
        Assert.Equal(["a2"], await _queue.WaitingAsync("a"));
    }

    [Fact]
    public async Task A_reason_that_PostgreSQL_cannot_keep_does_not_stop_the_group_from_being_parked()
    {
        await _queue.SendBodyAsync("a", ConsumerTests.Body(type: "a\0b"));
        await _queue.SendAsync("a2");
        await _queue.RunAsync();

        Assert.Single(await _queue.DeadAsync());
        Assert.Equal(["a2"], await _queue.WaitingAsync("a"));
        Assert.Equal("tests has no handler for the type 'a?b'.", Assert.Single(await _queue.Groups.ListAsync(null, 10, None)).Reason);
    }

    [Fact]
    public async Task A_message_whose_attempts_are_used_up_parks_its_group()
    {
        _queue.Answer = text => text == "a2" ? Verdict.Retry("not yet", TimeSpan.Zero) : Verdict.Done;
        await _queue.SendAsync("a1", "a2", "a3");
        await _queue.RunAsync();

        Assert.Equal(Enumerable.Repeat("a2", 10).Prepend("a1"), _queue.Runs);
        Assert.Equal(["a3"], await _queue.WaitingAsync("a"));
    }

    [Fact]
    public async Task A_released_group_is_replayed_in_order_with_newcomers_behind_it_and_is_free_then()
    {
        await ParkAsync("a2", "a3", "a4");
        await _queue.SendAsync("a5");
        Assert.True(await _queue.Groups.ReleaseAsync("a", None));
        await _queue.SendAsync("a6");
        await _queue.HandleAsync();
        await _queue.SendAsync("a7");
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3", "a4", "a5", "a6", "a7"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
        Assert.False(await _queue.Groups.ReleaseAsync("a", None));
        await _queue.SendAsync("a8");
        await _queue.RunAsync();
        Assert.Equal("a8", _queue.Runs.Last());
    }

    [Fact]
    public async Task A_group_in_which_nothing_waits_is_free_when_it_is_released()
    {
        await ParkAsync("a2");
        Assert.Equal(["a"], await _queue.ParkedAsync());

        Assert.True(await _queue.Groups.ReleaseAsync("a", None));

        Assert.Empty(await _queue.ParkedAsync());
        Assert.False(await _queue.HandleAsync());
    }

    [Fact]
    public async Task A_replay_that_must_be_retried_keeps_its_turn()
    {
        await ParkAsync("a2", "a3", "a4");
        var failures = 3;
        _queue.Answer = text => text == "a3" && failures-- > 0 ? Verdict.Retry("not yet", TimeSpan.Zero) : Verdict.Done;
        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3", "a3", "a3", "a3", "a4"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task A_replay_that_the_end_of_its_process_cuts_short_uses_no_attempt_up()
    {
        await ParkAsync("a2", "a3");
        await _queue.Groups.ReleaseAsync("a", None);
        var (begun, attempts) = (new TaskCompletionSource(), 0);
        using var worker = _queue.Worker(
            async (_, ct) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, ct);
                return Verdict.Done;
            },
            (_, _) => Task.FromResult(++attempts));

        await worker.StartAsync(None);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), None);
        await worker.StopAsync(None);

        Assert.Equal(0, attempts);
        Assert.Equal(["a3"], await _queue.WaitingAsync("a"));
    }

    [Fact]
    public async Task A_replay_that_is_dead_lettered_parks_its_group_again()
    {
        await ParkAsync("a2", "a3", "a4", "a5");
        _queue.Answer = text => text == "a4" ? Verdict.DeadLetter("no good either") : Verdict.Done;
        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3", "a4"], _queue.Runs);
        Assert.Equal(["a5"], await _queue.WaitingAsync("a"));
        var group = Assert.Single(await _queue.Groups.ListAsync(null, 10, None));
        Assert.Equal(("no good either", false), (group.Reason, group.IsReleased));
        var dead = await _queue.DeadAsync();
        Assert.Equal(["a2", "a4"], dead.Select(m => ConsumerTests.Text(m.Body!)));
        Assert.Equal(group.DeadMessageId, dead[1].MessageAttributes!["DeadLetterMessageId"].StringValue);

        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.RunAsync();
        Assert.Equal("a5", _queue.Runs.Last());
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task A_dead_letter_that_is_sent_back_while_its_group_is_parked_comes_before_its_followers()
    {
        await ParkAsync("a2", "a3", "a4");
        var dead = Assert.Single(await _queue.DeadAsync());
        await _queue.SendBodyAsync("a", dead.Body!, dead.MessageAttributes);
        await _queue.RunAsync();
        Assert.Equal(["a2", "a3", "a4"], await _queue.WaitingAsync("a"));

        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.RunAsync();

        Assert.Equal(["a2", "a2", "a3", "a4"], _queue.Runs);
    }

    [Fact]
    public async Task Releasing_twice_at_once_or_again_replays_each_message_once()
    {
        await ParkAsync("a2", "a3", "a4", "a5");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _queue.Groups.ReleaseAsync("a", None)));
        await _queue.HandleAsync(size: 1);
        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3", "a4", "a5"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task However_often_answers_are_lost_no_follower_is_lost_kept_twice_or_overtaken(int size)
    {
        _queue.Answer = text => text == "a2" ? Verdict.DeadLetter("no good") : Verdict.Done;
        await _queue.SendAsync("a1", "a2", "a3", "a4");
        await LoseEachTwiceAsync(size);
        await _queue.SendAsync("a5", "a6");
        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.SendAsync("a7", "a8");
        await LoseEachTwiceAsync(size);

        // A replay may run again, as a delivery may: but only before the next one runs.
        var followers = _queue.Runs.Where(text => string.CompareOrdinal(text, "a2") > 0).ToList();
        Assert.Equal(["a3", "a4", "a5", "a6", "a7", "a8"], followers.Where((text, i) => i == 0 || followers[i - 1] != text));
        Assert.Equal(["a1", "a2"], _queue.Runs.Except(followers).Distinct());
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task While_the_dead_letter_queue_takes_nothing_the_group_waits_in_its_queue()
    {
        _queue.Faults = NothingIsSent;
        _queue.Answer = text => text == "a2" ? Verdict.DeadLetter("no good") : Verdict.Done;
        await _queue.SendAsync("a2", "a3");
        await _queue.HandleAsync();
        Assert.Empty(await _queue.ParkedAsync());

        _queue.Faults = null;
        await _queue.RunAsync();

        Assert.Equal(["a2", "a2"], _queue.Runs);
        Assert.Equal(["a3"], await _queue.WaitingAsync("a"));
    }

    [Fact]
    public async Task A_replay_that_could_not_be_sent_is_sent_when_the_one_before_it_comes_back()
    {
        await ParkAsync("a2", "a3", "a4");
        await _queue.Groups.ReleaseAsync("a", None);
        _queue.Faults = NothingIsSent;
        await _queue.HandleAsync();
        _queue.Faults = null;
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3", "a4"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task A_replay_whose_sending_got_no_answer_runs_once()
    {
        await ParkAsync("a2", "a3", "a4");
        await _queue.Groups.ReleaseAsync("a", None);
        _queue.Faults = new() { Rules = [new() { Service = "sqs", Action = "SendMessage", Kind = FaultKind.LostResponse }] };
        await _queue.HandleAsync();
        _queue.Faults = null;
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3", "a4"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task A_release_that_sent_nothing_is_resumed()
    {
        await ParkAsync("a2", "a3");
        _queue.Cloud.Server.SetFaults(NothingIsSent);
        await Assert.ThrowsAnyAsync<AmazonSQSException>(() => _queue.Groups.ReleaseAsync("a", None));
        Assert.Equal(0, await _queue.Replays.ResumeAsync(None));
        _queue.Cloud.Server.SetFaults(null);

        Assert.Equal(1, await _queue.Replays.ResumeAsync(None));
        Assert.Equal(0, await _queue.Replays.ResumeAsync(None));
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task Groups_can_be_released_by_sql()
    {
        await ParkAsync("a2", "b1", "a3");
        await _queue.Database.ExecuteAsync("update parked_group set released = true where consumer = 'tests' and group_id = 'a'");
        Assert.Equal(1, await _queue.Replays.ResumeAsync(None));
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3"], _queue.RunsOf("a"));
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task A_replay_that_has_not_come_back_for_hours_is_sent_again_and_runs_once()
    {
        await ParkAsync("a2", "a3", "a4");
        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.Database.ExecuteAsync("update parked_group set sent = sent - interval '7 hours'");

        Assert.Equal(1, await _queue.Replays.ResumeAsync(None));
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3", "a4"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task A_group_that_is_held_again_by_sql_drops_the_replay_under_way_and_goes_on_at_the_next_release()
    {
        await ParkAsync("a2", "a3", "a4");
        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.Database.ExecuteAsync("update parked_group set released = false");
        await _queue.RunAsync();
        Assert.Equal(["a2"], _queue.Runs);

        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.RunAsync();

        Assert.Equal(["a2", "a3", "a4"], _queue.Runs);
    }

    [Fact]
    public async Task A_discarded_message_is_gone_and_the_others_go_on()
    {
        await ParkAsync("a2", "a3", "a4", "a5", "a6");
        var waiting = await _queue.Groups.MessagesAsync("a", null, 10, None);
        Assert.True(await _queue.Groups.DiscardAsync("a", waiting[2], None));
        Assert.False(await _queue.Groups.DiscardAsync("a", waiting[2], None));
        await _queue.Groups.ReleaseAsync("a", None);

        // Its replay is under way by now.
        Assert.True(await _queue.Groups.DiscardAsync("a", waiting[0], None));
        await _queue.RunAsync();

        Assert.Equal(["a2", "a4", "a6"], _queue.Runs);
        Assert.Empty(await _queue.ParkedAsync());
    }

    [Fact]
    public async Task A_message_that_is_discarded_from_an_old_list_takes_no_newer_one_along()
    {
        await ParkAsync("a2", "a3");
        var old = Assert.Single(await _queue.Groups.MessagesAsync("a", null, 10, None));
        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.RunAsync();
        await ParkAsync("a2", "a4");

        Assert.False(await _queue.Groups.DiscardAsync("a", old, None));

        Assert.Equal(["a4"], await _queue.WaitingAsync("a"));
    }

    [Fact]
    public async Task While_the_database_is_away_a_group_waits_in_its_queue()
    {
        await ParkAsync("a2");
        await using var away = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody");
        _queue.Parking = _queue.NewGroups(away);
        await _queue.SendAsync("a3", "a4", "b1");
        await _queue.HandleAsync();
        Assert.Equal(["a2"], _queue.Runs);

        _queue.Parking = _queue.Groups;
        await _queue.RunAsync();

        Assert.Equal(["a3", "a4"], await _queue.WaitingAsync("a"));
        Assert.Equal(["a2", "b1"], _queue.Runs);
    }

    [Fact]
    public async Task A_message_with_as_many_attributes_as_a_queue_takes_is_replayed()
    {
        await ParkAsync("a2");
        var attributes = Enumerable.Range(0, 10).ToDictionary(i => $"n{i}", i => i % 2 == 0
            ? new MessageAttributeValue { DataType = "String", StringValue = $"é{i}" }
            : new MessageAttributeValue { DataType = "Binary", BinaryValue = new([0, 1, (byte)i]) });
        await _queue.SendBodyAsync("a", ConsumerTests.Body("a3", "a3"), attributes);
        await _queue.RunAsync();

        var waiting = Assert.Single(await _queue.Groups.MessagesAsync("a", null, 10, None));
        Assert.Equal(
            attributes.Select(a => (a.Key, a.Value.DataType, a.Value.StringValue, Convert.ToHexString(a.Value.BinaryValue?.ToArray() ?? []))),
            waiting.Attributes.OrderBy(a => a.Key).Select(a => (a.Key, a.Value.DataType, a.Value.StringValue, Convert.ToHexString(a.Value.BinaryValue?.ToArray() ?? []))));
        await _queue.Groups.ReleaseAsync("a", None);
        await _queue.RunAsync();
        Assert.Equal(["a2", "a3"], _queue.Runs);
    }

    [Fact]
    public async Task Groups_and_messages_are_listed_page_by_page()
    {
        await ParkAsync("a2", "b2", "c2", "b3", "b4", "b5");

        var groups = await _queue.Groups.ListAsync("a", 1, None);
        Assert.Equal("b", Assert.Single(groups).GroupId);
        Assert.Equal("c", Assert.Single(await _queue.Groups.ListAsync("b", 10, None)).GroupId);
        var page = await _queue.Groups.MessagesAsync("b", null, 2, None);
        Assert.Equal(["b3", "b4"], page.Select(m => ConsumerTests.Text(m.Body)));
        Assert.Equal(["b5"], (await _queue.Groups.MessagesAsync("b", page[1], 2, None)).Select(m => ConsumerTests.Text(m.Body)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _queue.Groups.ListAsync(null, 1_001, None));
    }

    [Fact]
    public async Task A_follower_that_arrives_while_the_last_replay_ends_is_kept_or_finds_its_group_free()
    {
        for (var round = 0; round < 50; round++)
        {
            var key = new GroupKey("tests", $"g{round}");
            var dead = new Delivery { MessageId = "dead", ReceiptHandle = "-", Source = "-", Body = default };
            var follower = new Delivery { MessageId = "follower", ReceiptHandle = "-", Source = "-", Body = default };
            await ParkedGroupTable.ParkAsync(_queue.Database, key, dead, "no good", "-", None);
            await ParkedGroupTable.ReleaseAsync(_queue.Database, key, None);

            var freeing = ParkedGroupTable.NextAsync(_queue.Database, key, null, None);
            var isKept = await ParkedGroupTable.TryAppendAsync(_queue.Database, key, follower, "-", None);
            var (_, freed, next) = await freeing;

            Assert.Equal((isKept, !isKept, isKept), (await ParkedGroupTable.ContainsAsync(_queue.Database, key, None), freed, next is not null));
        }
    }

    [Fact]
    public void A_standard_queue_has_no_groups_to_park()
    {
        var error = Assert.Throws<ArgumentException>(() => new SqsBatch(
            ConsumerTests.Consumer((_, _) => Task.FromResult(Verdict.Done)),
            _queue.Cloud.Sqs,
            new() { QueueUrl = "http://localhost/1/plain", DeadLetterQueueUrl = "http://localhost/1/dead", Parking = _queue.Groups },
            TimeProvider.System));

        Assert.StartsWith("'plain' is a standard queue and has no order to keep. Leave Parking out.", error.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await _queue.DisposeAsync();

    // Those with the number 2 are dead-lettered, until all have been handled once.
    private async Task ParkAsync(params string[] texts)
    {
        _queue.Answer = text => text.EndsWith('2') ? Verdict.DeadLetter("no good") : Verdict.Done;
        await _queue.SendAsync(texts);
        await _queue.RunAsync();
        _queue.Answer = _ => Verdict.Done;
    }

    private async Task LoseEachTwiceAsync(int size)
    {
        for (var batch = 0; await _queue.HandleAsync(lost: batch % 3 < 2, size); batch++)
            Assert.True(batch < 300, "The queue does not become empty.");
    }
}
