using Messaging.Inbox;
using Messaging.Schema;
using Tests.Common;

namespace Messaging.Tests;

public sealed class AttemptCounterTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_failed_attempt_counts_once_also_when_many_fail_at_once()
    {
        await using var database = await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts);
        var counter = new AttemptCounter("tests", database);

        var counts = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => counter.CountAsync("id-1", TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(1, 64), counts.Order());
    }

    [Fact]
    public async Task Messages_and_consumers_are_counted_apart()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await postgres.NewDatabaseAsync(SchemaMigrator.LibraryScripts);
        await new AttemptCounter("one", database).CountAsync("id-1", ct);

        Assert.Equal(1, await new AttemptCounter("one", database).CountAsync("id-2", ct));
        Assert.Equal(1, await new AttemptCounter("two", database).CountAsync("id-1", ct));
        Assert.Equal(2, await new AttemptCounter("one", database).CountAsync("id-1", ct));
    }
}
