using Messaging.RequestReply;

namespace Messaging.Tests;

/// <summary>Requests that wait for replies, and who receives for them.</summary>
public class OpenAsksTests
{
    private static readonly RawReply Reply = new("sum.added.v1", ReadOnlyMemory<byte>.Empty);

    [Fact]
    public async Task The_last_reply_ends_receiving_before_another_receive_takes_what_is_for_others()
    {
        var begun = new TaskCompletionSource<CancellationToken>();
        var asks = new OpenAsks(async idle =>
        {
            begun.SetResult(idle);
            await Task.Delay(Timeout.Infinite, idle).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        var (first, second) = (asks.Open("1"), asks.Open("2"));
        var idle = await begun.Task;

        Assert.True(asks.TryAnswer("1", Reply));
        Assert.False(idle.IsCancellationRequested);
        Assert.True(asks.TryAnswer("2", Reply));
        Assert.True(idle.IsCancellationRequested);

        Assert.False(asks.TryAnswer("2", Reply));
        await asks.CloseAsync("2");
        await asks.DrainAsync();
        Assert.Equal([Reply, Reply], await Task.WhenAll(first, second));
    }
}
