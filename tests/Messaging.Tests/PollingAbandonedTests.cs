using System.Collections.Concurrent;
using Amazon.SQS.Model;
using LocalCloud.Tests;
using Messaging.Consuming;
using Messaging.Parking;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>
/// What a worker does with a message whose handler does not stop. A message is hidden for 600 s; the handler is told to stop after 100, and its message is given
/// up after 400, when a third is left.
/// </summary>
public sealed class PollingAbandonedTests(PostgresFixture postgres) : IDisposable
{
    private readonly FakeTime _time = new();
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly TaskCompletionSource _gate = new();

    [Fact]
    public async Task It_is_an_attempt_and_the_message_comes_back_by_its_visibility_timeout()
    {
        await using var queue = await StartAsync("work", maxAttempts: 2);
        await queue.SendAsync("deaf");
        await AbandonAsync(queue);

        await Eventually.TrueAsync(() => queue.Log.Ids.Contains(20));
        Assert.Equal([1], _attempts.Values);
        Assert.Equal((0, 1), await queue.CountAsync());
        _time.Advance(TimeSpan.FromSeconds(200));

        await Eventually.TrueAsync(() => queue.Begun.Count == 2);
        Assert.Equal([1], _attempts.Values);
        Assert.Empty(await queue.Cloud.DrainAsync(queue.Options.DeadLetterQueueUrl));
        _gate.SetResult();
    }

    [Fact]
    public async Task The_last_attempt_makes_a_dead_letter_with_its_story_and_its_followers_run()
    {
        await using var queue = await StartAsync("work.fifo", maxAttempts: 1);
        await queue.SendAsync(("deaf", "a"), ("second", "a"), ("third", "a"));
        await AbandonAsync(queue);
        IReadOnlyList<Message> letters = [];
        await Eventually.TrueAsync(async () => (letters = await queue.Cloud.DrainAsync(queue.Options.DeadLetterQueueUrl)).Count > 0);

        await UntilEmptyAsync(queue);
        Assert.Equal(["deaf", "second", "third"], queue.Begun);
        var dead = Assert.Single(letters);
        Assert.Equal("deaf", ConsumerTests.Text(dead.Body));
        Assert.Equal("1 attempts failed, the last one so: Its handler did not stop when the time was over.", dead.MessageAttributes!["DeadLetterReason"].StringValue);
        _gate.SetResult();
        await Eventually.TrueAsync(() => queue.Ended.Contains("deaf"));
        Assert.Equal([1], _attempts.Values);
    }

    [Fact]
    public async Task The_last_attempt_parks_its_group()
    {
        await using var database = await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts);
        await using var queue = await StartAsync("work.fifo", maxAttempts: 1);
        var groups = new ParkedGroups("tests", database, queue.Cloud.Sqs, NullLogger<ParkedGroups>.Instance);
        queue.Options = queue.Options with { Parking = groups };
        await queue.SendAsync(("deaf", "a"), ("second", "a"), ("other", "b"), ("third", "a"));
        await AbandonAsync(queue);
        await Eventually.TrueAsync(async () => (await groups.ListAsync(null, 10, TestContext.Current.CancellationToken)).Count == 1);

        await UntilEmptyAsync(queue);
        Assert.Equal(["deaf", "other"], queue.Begun.Order(StringComparer.Ordinal));
        Assert.Equal(["second", "third"], (await groups.MessagesAsync("a", null, 10, TestContext.Current.CancellationToken)).Select(m => ConsumerTests.Text(m.Body)));
        _gate.SetResult();
    }

    public void Dispose() => _gate.TrySetResult();

    private async Task<PolledQueue> StartAsync(string name, int maxAttempts)
    {
        var queue = await PolledQueue.CreateAsync(name, _time);
        queue.Options = queue.Options with
        {
            VisibilityTimeout = TimeSpan.FromSeconds(600),
            MaxProcessingTime = TimeSpan.FromSeconds(100),
            DrainTimeout = TimeSpan.Zero,
            MaxAttempts = maxAttempts,
            CountAttempt = (id, _) => Task.FromResult(_attempts.AddOrUpdate(id, 1, (_, n) => n + 1)),
        };
        return queue;
    }

    private async Task AbandonAsync(PolledQueue queue)
    {
        await queue.StartAsync(async (text, _) =>
        {
            if (text == "deaf")
                await _gate.Task;
            return Verdict.Done;
        });
        await Eventually.TrueAsync(() => queue.Begun.Contains("deaf"));
        _time.Advance(TimeSpan.FromSeconds(100));
        await Eventually.TrueAsync(() => queue.Log.Ids.Contains(45));
        _time.Advance(TimeSpan.FromSeconds(300));
        await Eventually.TrueAsync(() => !_attempts.IsEmpty);
    }

    private Task UntilEmptyAsync(PolledQueue queue) => Eventually.TrueAsync(async () =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(100));
        return await queue.CountAsync() == (0, 0);
    });
}
