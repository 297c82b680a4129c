using Messaging.Hosting;

namespace Messaging.Tests;

public sealed class ChoresTests
{
    private readonly List<string> _done = [];

    [Fact]
    public async Task A_chore_that_fails_keeps_no_other_from_running_and_is_told()
    {
        var chores = new Chores([_ => throw new InvalidOperationException("no sweep"), Chore("clean-up")]);

        var failure = await Assert.ThrowsAsync<AggregateException>(() => chores.RunAsync(() => TimeSpan.FromMinutes(1)));

        Assert.Equal("no sweep", Assert.Single(failure.InnerExceptions).Message);
        Assert.Equal(["clean-up"], _done);
    }

    [Fact]
    public async Task A_chore_that_takes_all_its_time_leaves_the_others_theirs()
    {
        // Eight seconds are left: three to end in good order and five for the second one.
        var chores = new Chores([ct => Task.Delay(Timeout.Infinite, ct), Chore("clean-up")]);

        await chores.RunAsync(() => TimeSpan.FromSeconds(8));

        Assert.Equal(["clean-up"], _done);
    }

    private Func<CancellationToken, Task> Chore(string name) => ct =>
    {
        ct.ThrowIfCancellationRequested();
        _done.Add(name);
        return Task.CompletedTask;
    };
}
