using Messaging.Inbox;
using Messaging.Publishing;
using Npgsql;

namespace Benchmarks.Outbox.Space;

/// <summary>
/// The way out: a consumer that remembers each message. To make weeks pass in seconds, it dates its rows back, so that they are forgotten soon.
/// </summary>
internal sealed class Remembering(NpgsqlDataSource database)
{
    private static readonly TimeSpan DatedBack = new InboxCleanupOptions().Memory - Window;
    private int _count;

    /// <summary>How long a message stays remembered.</summary>
    public static TimeSpan Window => TimeSpan.FromSeconds(20);

    /// <summary>Messages that came.</summary>
    public int Count => _count;

    public async Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> messages, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            """
            insert into inbox (consumer, message_id, received, done) select 'benchmark', id, clock_timestamp() - $2, true from unnest($1) id
            on conflict (consumer, message_id) do nothing
            """,
            messages.Select(m => m.Id).ToArray(),
            DatedBack);
        Interlocked.Add(ref _count, messages.Count);
        return [];
    }
}
