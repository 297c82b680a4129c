using System.Collections.Concurrent;
using Amazon.SQS.Model;
using Messaging.Consuming;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Tests;

/// <summary>Messages of one batch, each with a fate of its own.</summary>
public sealed class IsolationTests
{
    [Fact]
    public async Task Undecodable_poison_slow_throwing_cancelled_and_good_messages_of_one_batch_each_get_their_own_answer()
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        queue.Options = queue.Options with { Concurrency = 2 };
        await queue.SendAsync("slow");
        await queue.SendRawAsync("garbage");
        foreach (var text in new[] { "poison", "throwing", "good", "endless" })
            await queue.SendAsync(text);
        var handled = new ConcurrentQueue<string>();
        var (endless, slow) = (new TaskCompletionSource(), new TaskCompletionSource());

        var answering = queue.HandleAsync(await queue.ReceiveAsync(), ConsumerTests.Consumer(async (message, ct) =>
        {
            switch (message.Data.Text)
            {
                case "poison":
                    return Verdict.DeadLetter("It can never be handled.");
                case "throwing":
                    throw new InvalidOperationException();
                case "endless":
                    endless.SetResult();
                    await Task.Delay(Timeout.Infinite, ct);
                    break;
                case "slow":
                    // All others pass it by, the last of them for ever.
                    await endless.Task.WaitAsync(ct);
                    slow.SetResult();
                    break;
            }

            handled.Enqueue(message.Data.Text);
            return Verdict.Done;
        }));
        await slow.Task;
        queue.Time.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal(["endless", "throwing"], (await answering).Order());
        Assert.Equal(["good", "slow"], handled.Order());
        Assert.Equal(
            ["InvalidCloudEventException", "Verdict"], (await queue.DeadLettersAsync()).Select(m => m.MessageAttributes!["DeadLetterErrorType"].StringValue).Order());
    }

    [Theory]
    [InlineData("discard", 0, 0)]
    [InlineData("retry", 1, 0)]
    [InlineData("dead-letter", 0, 1)]
    [InlineData(null, 0, 1)]
    public async Task An_unknown_type_gets_the_verdict_that_its_consumer_chose(string? choice, int returned, int dead)
    {
        await using var queue = await ClockedQueue.StartAsync("events");
        await queue.SendAsync("a", type: "greeting.unheard-of.v1");
        var consumer = new Consumer("tests", NullLogger.Instance);
        if (choice is not null)
        {
            consumer.OnUnknownType(attributes => choice switch
            {
                "discard" => Verdict.Discard(attributes.Type),
                "retry" => Verdict.Retry(attributes.Type),
                _ => Verdict.DeadLetter(attributes.Type),
            });
        }

        Assert.Equal(returned, (await queue.HandleAsync(await queue.ReceiveAsync(), consumer)).Count);

        IReadOnlyList<Message> letters = await queue.DeadLettersAsync();
        Assert.Equal(dead, letters.Count);
        Assert.All(letters, letter => Assert.Contains("greeting.unheard-of.v1", letter.MessageAttributes!["DeadLetterReason"].StringValue, StringComparison.Ordinal));
    }
}
