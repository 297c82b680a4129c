using LocalCloud.Faults;
using LocalCloud.Tests;
using Messaging.Consuming;
using Messaging.Polling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>What a worker receives, and how it answers the queue.</summary>
public sealed class PollingTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Thirty_messages_cost_three_deletes()
    {
        // The worker's clock stands still: nothing is sent because time has passed.
        await using var queue = await PolledQueue.CreateAsync("work", new FakeTime(), TimeProvider.System);
        await queue.SendAsync(Texts(30));

        await queue.StartAsync(Done);

        await queue.UntilEmptyAsync();
        Assert.Equal(Texts(30).Order(), queue.Ended.Order());
        Assert.Equal(3, queue.Calls("DeleteMessageBatch"));
        Assert.Equal(0, queue.Calls("DeleteMessage"));
    }

    [Fact]
    public async Task Sixty_handlers_that_block_their_threads_run_at_a_time()
    {
        using var all = new CountdownEvent(60);
        await using var queue = await PolledQueue.CreateAsync("work");
        queue.Options = queue.Options with { MaxInFlight = 60 };
        await queue.SendAsync(Texts(60));

        await queue.StartAsync((_, ct) =>
        {
            all.Signal();
            return Task.FromResult(all.Wait(TimeSpan.FromSeconds(20), ct) ? Verdict.Done : Verdict.DeadLetter("It waited in vain for the others."));
        });

        await queue.UntilEmptyAsync();
        Assert.Empty(await queue.Cloud.DrainAsync(queue.Options.DeadLetterQueueUrl));
    }

    [Fact]
    public async Task An_acknowledgement_waits_for_others_no_longer_than_told()
    {
        var time = new FakeTime();
        await using var queue = await PolledQueue.CreateAsync("work", time, TimeProvider.System);
        queue.Options = queue.Options with { AcknowledgeWithin = TimeSpan.FromSeconds(3) };
        await queue.SendAsync("one", "two");
        await queue.StartAsync(Done);
        await Eventually.TrueAsync(() => queue.Ended.Count == 2);

        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(0, queue.Calls("DeleteMessageBatch"));
        time.Advance(TimeSpan.FromSeconds(1));

        await queue.UntilEmptyAsync();
        Assert.Equal(1, queue.Calls("DeleteMessageBatch"));
    }

    [Fact]
    public async Task The_next_of_a_group_does_not_wait_for_an_acknowledgement_that_has_nothing_to_wait_for()
    {
        await using var queue = await PolledQueue.CreateAsync("work.fifo", new FakeTime(), TimeProvider.System);
        await queue.StartAsync(Done);

        foreach (var text in Texts(3))
        {
            await queue.SendAsync((text, "a"));
            await queue.UntilEmptyAsync();
        }

        Assert.Equal(Texts(3), queue.Ended);
    }

    [Fact]
    public async Task Acknowledgements_that_the_queue_does_not_take_are_tried_again()
    {
        await using var queue = await PolledQueue.CreateAsync("work");
        queue.Options = queue.Options with { VisibilityTimeout = Long };
        queue.Cloud.Server.SetFaults(new()
        {
            Seed = 4,
            Rules =
            [
                new() { Service = "sqs", Action = "DeleteMessageBatch", Kind = FaultKind.PartialBatch, Probability = 0.3 },
                new() { Service = "sqs", Action = "DeleteMessageBatch", Kind = FaultKind.InternalError, Probability = 0.3 },
            ],
        });
        await queue.SendAsync(Texts(30));

        await queue.StartAsync(Done);

        await queue.UntilEmptyAsync();
        Assert.Equal(Texts(30).Order(), queue.Ended.Order());
        Assert.Contains(43, queue.Log.Ids);
    }

    [Fact]
    public async Task Never_more_is_received_than_there_is_room_for()
    {
        await using var queue = await PolledQueue.CreateAsync("work");
        queue.Options = queue.Options with { MaxInFlight = 7 };
        await queue.SendAsync(Texts(25));
        var gate = new TaskCompletionSource();
        var (now, most) = (0, 0);
        await queue.StartAsync(async (_, ct) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await gate.Task.WaitAsync(ct);
            Interlocked.Decrement(ref now);
            return Verdict.Done;
        });

        await Eventually.TrueAsync(() => queue.Begun.Count == 7);
        Assert.Equal((18, 7), await queue.CountAsync());
        gate.SetResult();

        await queue.UntilEmptyAsync();
        Assert.Equal(25, queue.Ended.Count);
        Assert.InRange(most, 1, 7);
    }

    [Fact]
    public async Task Room_for_more_than_ten_is_filled()
    {
        await using var queue = await PolledQueue.CreateAsync("work");
        queue.Options = queue.Options with { MaxInFlight = 45, DrainTimeout = TimeSpan.Zero };
        await queue.SendAsync(Texts(60));

        await queue.StartAsync(Endless);

        await Eventually.TrueAsync(() => queue.Begun.Count == 45);
        Assert.Equal((15, 45), await queue.CountAsync());
    }

    [Fact]
    public async Task Groups_run_beside_each_other_and_each_in_its_order()
    {
        await using var queue = await PolledQueue.CreateAsync("work.fifo");
        queue.Options = queue.Options with { MaxInFlight = 30 };
        var messages = Enumerable.Range(0, 60).Select(i => ($"{i % 6}-{i / 6:00}", (string?)$"group{i % 6}")).ToArray();
        await queue.SendAsync(messages);
        var slow = new TaskCompletionSource();

        await queue.StartAsync(async (text, ct) =>
        {
            if (text == "0-00")
                await slow.Task.WaitAsync(ct);
            return Verdict.Done;
        });

        await Eventually.TrueAsync(() => queue.Ended.Count == 50);
        Assert.DoesNotContain(queue.Ended, text => text[0] == '0');
        slow.SetResult();
        await queue.UntilEmptyAsync();
        Assert.Equal(60, queue.Ended.Count);
        Assert.All(queue.Ended.GroupBy(text => text[0]), group => Assert.Equal(group.Order(), group));
    }

    [Fact]
    public async Task What_must_come_back_takes_the_rest_of_its_group_along_and_comes_again_in_order()
    {
        await using var queue = await PolledQueue.CreateAsync("work.fifo");
        queue.Options = queue.Options with { VisibilityTimeout = Long };
        await queue.SendAsync(("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"));
        var failures = 0;

        await queue.StartAsync((text, _) =>
            Task.FromResult(text == "a2" && Interlocked.Increment(ref failures) <= 3 ? Verdict.Retry("test", TimeSpan.Zero) : Verdict.Done));

        await queue.UntilEmptyAsync();
        Assert.Equal(["a1", "a2", "a2", "a2", "a2", "a3"], queue.Begun.Where(text => text[0] == 'a'));
        Assert.Single(queue.Begun, "b1");
    }

    [Fact]
    public async Task Verdicts_are_carried_out_as_under_Lambda()
    {
        await using var queue = await PolledQueue.CreateAsync("work");
        await queue.SendAsync("good", "dead", "discard");

        await queue.StartAsync((text, _) => Task.FromResult(text switch
        {
            "dead" => Verdict.DeadLetter("test"),
            "discard" => Verdict.Discard("test"),
            _ => Verdict.Done,
        }));

        await queue.UntilEmptyAsync();
        Assert.Single(await queue.Cloud.DrainAsync(queue.Options.DeadLetterQueueUrl));
    }

    [Fact]
    public async Task A_receive_whose_answer_was_lost_is_repeated_under_its_attempt_id_so_that_its_groups_are_not_blocked()
    {
        await using var queue = await PolledQueue.CreateAsync("work.fifo");

        // Nobody gets at what was taken within ten minutes, but by the id.
        queue.Options = queue.Options with { VisibilityTimeout = Long };
        queue.Cloud.Server.SetFaults(Fault("ReceiveMessage", FaultKind.LostResponse));
        await queue.SendAsync(("a1", "a"), ("a2", "a"), ("b1", "b"));
        await queue.StartAsync(Done);

        await Eventually.TrueAsync(() => queue.Log.Ids.Contains(40));
        Assert.Equal((0, 3), await queue.CountAsync());
        queue.Cloud.Server.SetFaults(null);

        await queue.UntilEmptyAsync();
        Assert.Equal(["a1", "a2"], queue.Ended.Where(text => text[0] == 'a'));
        Assert.Equal(3, queue.Begun.Count);
    }

    [Fact]
    public async Task Receives_that_fail_do_not_end_the_worker()
    {
        await using var queue = await PolledQueue.CreateAsync("work");
        queue.Cloud.Server.SetFaults(Fault("ReceiveMessage", FaultKind.Unavailable));
        await queue.StartAsync(Done);
        await Eventually.TrueAsync(() => queue.Log.Ids.Count(id => id == 40) == 3);

        queue.Cloud.Server.SetFaults(null);
        await queue.SendAsync("late");

        await queue.UntilEmptyAsync();
        Assert.Equal(["late"], queue.Ended);
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_told_and_polled_once_it_does()
    {
        await using var queue = await PolledQueue.CreateAsync("work");
        queue.Options = queue.Options with { QueueUrl = queue.Options.QueueUrl + "-late" };
        await queue.StartAsync(Done);
        await Eventually.TrueAsync(() => queue.Log.Ids.Contains(41));

        await queue.Cloud.CreateQueueAsync("work-late");
        await queue.SendAsync("late");

        await queue.UntilEmptyAsync();
        Assert.Equal(["late"], queue.Ended);
    }

    [Fact]
    public async Task Nothing_is_received_while_the_delegate_says_not_now()
    {
        var time = new FakeTime();
        await using var queue = await PolledQueue.CreateAsync("work", time, TimeProvider.System);
        TimeSpan? pause = TimeSpan.FromSeconds(30);
        var asked = 0;
        queue.Options = queue.Options with
        {
            NotNow = () =>
            {
                Interlocked.Increment(ref asked);
                return pause;
            },
        };
        await queue.SendAsync("one");
        await queue.StartAsync(Done);
        await Eventually.TrueAsync(() => asked == 1);
        Assert.Equal(0, queue.Calls("ReceiveMessage"));

        pause = null;
        await time.UntilSomebodyWaitsAsync(2);
        time.Advance(TimeSpan.FromSeconds(30));

        await Eventually.TrueAsync(() => queue.Ended.Count == 1);
    }

    [Fact]
    public async Task Workers_of_several_queues_live_in_one_host()
    {
        await using var one = await PolledQueue.CreateAsync("one");
        var other = one.Options with { QueueUrl = await one.Cloud.CreateQueueAsync("two") };
        var handled = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Consumer Consumer(IServiceProvider _) => ConsumerTests.Consumer((message, _) =>
        {
            handled.Enqueue(message.Data.Text);
            return Task.FromResult(Verdict.Done);
        });
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<Amazon.SQS.IAmazonSQS>(one.Cloud.Sqs);
        builder.Services.AddSqsWorker(one.Options, Consumer).AddSqsWorker(other, Consumer);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        await one.SendAsync("one");
        one.Options = other;
        await one.SendAsync("two");

        await Eventually.TrueAsync(() => handled.Count == 2);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["one", "two"], handled.Order());
    }

    [Fact]
    public void Options_out_of_range_are_told()
    {
        var options = new SqsWorkerOptions { QueueUrl = "q", DeadLetterQueueUrl = "d" };

        Assert.StartsWith("MaxInFlight is 1 to 1,000.", Error(() => options with { MaxInFlight = 0 }), StringComparison.Ordinal);
        Assert.StartsWith("WaitTime is 0 to 20 whole seconds.", Error(() => options with { WaitTime = TimeSpan.FromSeconds(21) }), StringComparison.Ordinal);
        Assert.StartsWith("VisibilityTimeout is 2 to 43,200 whole seconds.", Error(() => options with { VisibilityTimeout = TimeSpan.FromSeconds(2.5) }), StringComparison.Ordinal);
        Assert.StartsWith("MaxProcessingTime is 1 to 43,200 whole seconds.", Error(() => options with { MaxProcessingTime = TimeSpan.FromHours(13) }), StringComparison.Ordinal);
        Assert.StartsWith("AcknowledgeWithin is 0 to 5 seconds.", Error(() => options with { AcknowledgeWithin = TimeSpan.FromSeconds(6) }), StringComparison.Ordinal);
        Assert.StartsWith("DrainTimeout is 0 to 10 minutes.", Error(() => options with { DrainTimeout = TimeSpan.FromHours(1) }), StringComparison.Ordinal);
    }

    internal static Task<Verdict> Done(string text, CancellationToken cancellationToken) => Task.FromResult(Verdict.Done);

    internal static async Task<Verdict> Endless(string text, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return Verdict.Done;
    }

    internal static string[] Texts(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i:000}")];

    private static FaultPlan Fault(string action, FaultKind kind) => new() { Rules = [new() { Service = "sqs", Action = action, Kind = kind }] };

    private static string Error(Func<SqsWorkerOptions> make) => Assert.Throws<ArgumentOutOfRangeException>(make).Message;

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
