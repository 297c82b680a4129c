using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SQS;
using LocalCloud.Tests;
using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Lambda gives 10 s: the handlers' time is over after 8, their grace after 9, the time for delays after 9.5. Where one at a time is handled, what was handled before the last is settled.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private static readonly TimeSpan Remaining = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UntilHandlersEnd = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private readonly FakeTime _time = new();
    private readonly RecordedLog _log = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _started = new();
    private readonly TaskCompletionSource<Verdict> _release = new();
    private TestCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync();

    [Fact]
    public async Task A_handler_that_heeds_its_token_is_cancelled_at_the_reserve_and_what_has_not_started_comes_back_at_once()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events.fifo");
        var batch = await queue.DeliverAsync(("good", "b"), ("endless", "a"), ("behind", "a"));

        var answer = queue.For(Consumer(), _time, concurrency: 1).AnswerAsync(batch.ToBytes(), Remaining);
        await Started("endless");
        _time.Advance(UntilHandlersEnd);

        Assert.Equal(["behind", "endless"], MappedQueue.Texts(batch, await answer));
        Assert.DoesNotContain("behind", _started.Keys);
        Assert.Equal([2], _log.Ids);
    }

    [Theory]
    [InlineData("stubborn")]
    [InlineData("blocking")]
    public async Task A_handler_that_ignores_its_token_is_abandoned_and_its_neighbours_answers_stand(string text)
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("good", null), ("retry", null), (text, null));

        var answer = queue.For(Consumer(), _time, concurrency: 1).AnswerAsync(batch.ToBytes(), Remaining);
        await Started(text);
        await AdvanceAsync(UntilHandlersEnd);
        await AdvanceAsync(Grace);

        Assert.Equal(new[] { "retry", text }.Order(StringComparer.Ordinal), MappedQueue.Texts(batch, await answer));
        var id = batch.Records!.Single(r => MappedQueue.Text(r) == text).MessageId;
        Assert.Contains(new(20, "Abandoned", $"tests abandons message {id}: its handler did not stop when the time was over; it comes back"), _log.Lines);
        _release.SetResult(Verdict.Done);
    }

    [Fact]
    public async Task What_an_abandoned_handler_answers_later_is_not_carried_out()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events.fifo");
        var batch = await queue.DeliverAsync(("stubborn", "a"), ("behind", "a"));

        var answer = queue.For(Consumer(), _time).AnswerAsync(batch.ToBytes(), Remaining);
        await Started("stubborn");
        await AdvanceAsync(UntilHandlersEnd);
        await AdvanceAsync(Grace);
        Assert.Equal(["behind", "stubborn"], MappedQueue.Texts(batch, await answer));

        // What waits for the verdict runs within this call.
        _release.SetResult(Verdict.DeadLetter("too late"));

        Assert.Empty(await _cloud.DrainAsync(queue.DeadLetterUrl));
        Assert.DoesNotContain("behind", _started.Keys);
    }

    [Fact]
    public async Task What_waited_behind_an_abandoned_handler_comes_back_at_once_and_its_own_message_does_not()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("stubborn", null), ("waiting", null));

        var answer = queue.For(Consumer(), _time, concurrency: 1).AnswerAsync(batch.ToBytes(), Remaining);
        await Started("stubborn");
        await AdvanceAsync(UntilHandlersEnd);
        await AdvanceAsync(Grace);

        Assert.Equal(["stubborn", "waiting"], MappedQueue.Texts(batch, await answer));
        Assert.Equal(["waiting"], (await queue.ReceiveAsync()).Records!.Select(MappedQueue.Text));
        Assert.DoesNotContain("waiting", _started.Keys);
        _release.SetResult(Verdict.Done);
    }

    [Fact]
    public async Task A_handler_that_fails_when_it_is_cancelled_keeps_nobody_from_an_answer()
    {
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("good", null), ("explosive", null));

        var answer = queue.For(Consumer(), _time, concurrency: 1).AnswerAsync(batch.ToBytes(), Remaining);
        await Started("explosive");
        await AdvanceAsync(UntilHandlersEnd);
        await AdvanceAsync(Grace);

        Assert.Equal(["explosive"], MappedQueue.Texts(batch, await answer));
        _release.SetResult(Verdict.Done);
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_delays_no_answer_beyond_its_part_of_the_reserve()
    {
        using var silence = new TcpListener(IPAddress.Loopback, 0);
        silence.Start();
        using var sqs = new AmazonSQSClient(new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = $"http://{silence.LocalEndpoint}", AuthenticationRegion = "us-east-1" });
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("retry", null), ("good", null));

        var answer = queue.For(Consumer(), _time, sqs: sqs).AnswerAsync(batch.ToBytes(), Remaining);
        using (await silence.AcceptTcpClientAsync())
        {
            _time.Advance(Remaining);

            Assert.Equal(["retry"], MappedQueue.Texts(batch, await answer));
        }
    }

    [Fact]
    public async Task Handlers_that_block_their_threads_keep_no_other_lane_from_starting()
    {
        using var together = new CountdownEvent(4);
        var queue = await MappedQueue.CreateAsync(_cloud, "events.fifo");
        var batch = await queue.DeliverAsync(("1", "a"), ("2", "b"), ("3", "c"), ("4", "d"));
        var consumer = ConsumerTests.Consumer((_, _) =>
        {
            together.Signal();
            return Task.FromResult(together.Wait(TimeSpan.FromSeconds(30), CancellationToken.None) ? Verdict.Done : Verdict.Retry("alone"));
        });

        Assert.Empty(await queue.For(consumer, TimeProvider.System, concurrency: 4).AnswerAsync(batch.ToBytes(), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task No_more_handlers_run_at_a_time_than_allowed()
    {
        var (running, most) = (0, 0);
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync([.. Enumerable.Range(0, 8).Select(i => ($"{i}", (string?)null))]);
        var pair = new SemaphoreSlim(0);
        var consumer = ConsumerTests.Consumer(async (_, ct) =>
        {
            var now = Interlocked.Increment(ref running);
            most = Math.Max(most, now);

            // The one who comes second lets both go.
            if (now == 2)
                pair.Release(2);
            await pair.WaitAsync(ct);
            Interlocked.Decrement(ref running);
            return Verdict.Done;
        });

        Assert.Empty(await queue.For(consumer, TimeProvider.System, concurrency: 2).AnswerAsync(batch.ToBytes(), TimeSpan.FromMinutes(5)));
        Assert.Equal(2, most);
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult(Verdict.Done);
        await _cloud.DisposeAsync();
    }

    private Consumer Consumer() => ConsumerTests.Consumer(HandleAsync, _log);

    private async Task<Verdict> HandleAsync(Received<Greeting> message, CancellationToken cancellationToken)
    {
        var text = message.Data.Text;
        if (text == "explosive")
            cancellationToken.Register(() => throw new InvalidOperationException("cancelled"));
        _started.GetOrAdd(text, _ => new()).TrySetResult();
        switch (text)
        {
            case "endless":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "blocking":
                _release.Task.Wait(TimeSpan.FromMinutes(1), CancellationToken.None);
                break;
            case "stubborn" or "explosive":
                return await _release.Task;
            case "retry":
                return Verdict.Retry("test", TimeSpan.FromHours(1));
        }

        return Verdict.Done;
    }

    private Task Started(string text) => _started.GetOrAdd(text, _ => new()).Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Moves the clock once the batch waits for it.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        await _time.UntilSomebodyWaitsAsync();
        _time.Advance(by);
    }
}
