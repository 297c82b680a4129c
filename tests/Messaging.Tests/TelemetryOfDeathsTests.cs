using LocalCloud.Tests;
using Messaging.Consuming;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>What is measured where a message becomes something else than its handler said.</summary>
public sealed class TelemetryOfDeathsTests : IAsyncLifetime
{
    private static readonly TimeSpan Remaining = TimeSpan.FromSeconds(10);
    private readonly string _name = $"deaths-{Guid.NewGuid():n}";
    private TestCloud _cloud = null!;

    public async ValueTask InitializeAsync() => _cloud = await TestCloud.StartAsync();

    [Theory]
    [InlineData(2, "retry")]
    [InlineData(1, "dead_letter")]
    public async Task A_retry_is_counted_as_what_its_attempts_make_of_it(int maxAttempts, string verdict)
    {
        using var spans = new RecordedSpans(_name);
        using var measured = new RecordedMeasurements(_name);
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("a", null));

        await queue.For(Consumer((_, _) => Task.FromResult(Verdict.Retry("not yet"))), TimeProvider.System, maxAttempts: maxAttempts).AnswerAsync(batch.ToBytes(), Remaining);

        Assert.Equal((verdict, verdict), (spans.Single.GetTagItem("consumer.verdict"), spans.Single.GetTagItem("error.type")));
        Assert.Equal(verdict, Assert.Single(measured.Of("messaging.client.consumed.messages"))["consumer.verdict"]);
        var counted = Assert.Single(measured.Of("consumer.verdicts"));
        Assert.Equal((verdict, "not yet"), (counted["consumer.verdict"], counted["consumer.verdict.reason"]));
    }

    [Theory]
    [InlineData(2, "retry", "Its handler did not stop when the time was over.")]
    [InlineData(1, "dead_letter", "TimeoutException")]
    public async Task An_abandoned_message_is_measured_when_it_is_given_up_and_not_again(int maxAttempts, string verdict, string reason)
    {
        using var measured = new RecordedMeasurements(_name);
        var time = new FakeTime();
        var release = new TaskCompletionSource<Verdict>();
        var queue = await MappedQueue.CreateAsync(_cloud, "events");
        var batch = await queue.DeliverAsync(("a", null));

        var answer = queue.For(Consumer((_, _) => release.Task), time, maxAttempts: maxAttempts).AnswerAsync(batch.ToBytes(), Remaining);
        await time.UntilSomebodyWaitsAsync();
        time.Advance(TimeSpan.FromSeconds(8));
        await time.UntilSomebodyWaitsAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await answer;
        release.SetResult(Verdict.Done);

        var consumed = Assert.Single(measured.Of("messaging.client.consumed.messages"));
        Assert.Equal((verdict, "timeout"), (consumed["consumer.verdict"], consumed["error.type"]));
        Assert.Equal(reason, Assert.Single(measured.Of("consumer.verdicts"))["consumer.verdict.reason"]);
        Assert.Equal([1, -1], measured.Of("consumer.active_messages").Select(m => m.Value));
    }

    public async ValueTask DisposeAsync() => await _cloud.DisposeAsync();

    private Consumer Consumer(MessageHandler<Greeting> handler) => new Consumer(_name, NullLogger.Instance).On("greeting.sent.v1", TestJson.Default.Greeting, handler);
}
