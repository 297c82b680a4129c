using Tests.Common;
using static Messaging.Tests.RelayUnderTest;

namespace Messaging.Tests;

/// <summary>What a relay forgets: what it has published, and nothing beside it.</summary>
public sealed class OutboxDeletionTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_message_that_is_committed_between_two_that_are_on_their_way_is_not_forgotten_with_them()
    {
        await using var it = await StartAsync(postgres);
        await it.CommitAsync(Message("1"));
        await it.CommitAsync(Message("3", SameLaneAs("key")));
        await it.MakeDueAsync();
        it.InCall = (_, _) => it.Database.ExecuteAsync(
            """
            insert into outbox (destination, lane, created, ordinal, message_id, message_key, message_type, body, available, attempts)
            select destination, lane, created + interval '1 microsecond', 0, '2', 'late', message_type, body, available, 0 from outbox where message_id = '1'
            """);

        Assert.Equal(2, (await it.SweepAsync()).Published);
        Assert.Equal(1, await it.WaitingAsync());

        it.InCall = (_, _) => Task.CompletedTask;
        Assert.Equal(1, (await it.SweepAsync()).Published);
        Assert.Equal(["1", "3", "2"], it.Sent);
        Assert.Equal(0, await it.WaitingAsync());
    }
}
