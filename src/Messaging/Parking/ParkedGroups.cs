using Amazon.SQS;
using Messaging.Consuming;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Parking;

/// <summary>
/// The message groups of a consumer's FIFO queue that wait behind a dead letter: its followers are kept in the database, in order, instead of
/// overtaking it. Set as <see cref="QueueOptions.Parking"/> it parks them; an operator lists, releases and discards by it.
/// </summary>
/// <param name="consumer">The consumer's name.</param>
/// <param name="database">Where the groups are: the tables parked_group and parked_message.</param>
/// <param name="sqs">Sends the replays to the consumer's queue.</param>
/// <param name="logger">Gets a line when a group is parked or freed.</param>
public sealed class ParkedGroups(string consumer, NpgsqlDataSource database, IAmazonSQS sqs, ILogger<ParkedGroups> logger)
{
    private const int LargestPage = 1_000;
    private readonly ReplayChain _chain = new(database, sqs, logger);

    /// <summary>The parked groups, by their ids.</summary>
    /// <param name="after">The last group of the page before; null for the first page.</param>
    /// <param name="limit">Groups a page, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>A page; an empty one is behind the last.</returns>
    public Task<IReadOnlyList<ParkedGroup>> ListAsync(string? after, int limit, CancellationToken cancellationToken) =>
        ParkedGroupTable.PageAsync(database, Key(after ?? ""), InRange(limit), cancellationToken);

    /// <summary>The messages that wait in a group, in the order of their replay. They may hold personal data.</summary>
    /// <param name="groupId">The message group.</param>
    /// <param name="after">The last message of the page before; null for the first page.</param>
    /// <param name="limit">Messages a page, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>A page; an empty one is behind the last.</returns>
    public Task<IReadOnlyList<ParkedMessage>> MessagesAsync(string groupId, ParkedMessage? after, int limit, CancellationToken cancellationToken) =>
        ParkedMessageTable.PageAsync(database, Key(groupId), after?.Position ?? long.MinValue, InRange(limit), cancellationToken);

    /// <summary>
    /// Replays what waits in a group, one message at a time and in order, through the queue. New messages of the group stand behind them, and
    /// when the last is handled the group is free. A replay that is dead-lettered parks the group again. Releasing twice does no harm.
    /// </summary>
    /// <param name="groupId">The message group.</param>
    /// <param name="cancellationToken">Cancels the call. The group may be released by then: the relay sends what waits.</param>
    /// <returns>False where the group is not parked.</returns>
    /// <exception cref="AmazonSQSException">The queue did not take the first message. The group is released, and the relay sends it.</exception>
    public async Task<bool> ReleaseAsync(string groupId, CancellationToken cancellationToken)
    {
        var released = await ParkedGroupTable.ReleaseAsync(database, Key(groupId), cancellationToken).ConfigureAwait(false);
        if (released)
            await _chain.AdvanceAsync(Key(groupId), null, cancellationToken).ConfigureAwait(false);
        return released;
    }

    /// <summary>Drops one message that waits, for good: no copy is kept. The others of its group stay.</summary>
    /// <param name="groupId">The message group.</param>
    /// <param name="message">The message, from <see cref="MessagesAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False where it does not wait any more.</returns>
    /// <exception cref="AmazonSQSException">The message is dropped; the queue did not take the next one of a released group. The relay sends it.</exception>
    public async Task<bool> DiscardAsync(string groupId, ParkedMessage message, CancellationToken cancellationToken) =>
        (await _chain.AdvanceAsync(Key(groupId), message.Place, cancellationToken).ConfigureAwait(false)).Removed;

    /// <summary>One for each lane.</summary>
    internal ParkingGate Gate(string groupId, QueueOptions options) => new(Key(groupId), database, _chain, options, logger);

    private static int InRange(int limit) =>
        limit is >= 1 and <= LargestPage ? limit : throw new ArgumentOutOfRangeException(nameof(limit), limit, "A page has 1 to 1,000 rows.");

    private GroupKey Key(string groupId) => new(consumer, groupId);
}
