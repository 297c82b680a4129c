using Amazon.SQS;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Parking;

/// <summary>
/// Replays a released group one message at a time. A row goes only when its message has been handled, the next one is sent before that
/// message is acknowledged, and whoever finds the first row of a released group not on its way sends it. So a crash at any step leads to one replay too
/// many, which is dropped, or to none until the first message comes back or the group is resumed, and never to a message lost or overtaken.
/// </summary>
internal sealed class ReplayChain(NpgsqlDataSource database, IAmazonSQS sqs, ILogger logger)
{
    /// <summary>Removes a message, if one is given, and sends the replay of the first that waits, unless that is on its way.</summary>
    /// <returns>Whether the message was there, and whether one was sent.</returns>
    public async Task<(bool Removed, bool Sent)> AdvanceAsync(GroupKey key, ParkedPlace? removed, CancellationToken cancellationToken)
    {
        var (found, freed, next) = await ParkedGroupTable.NextAsync(database, key, removed, cancellationToken).ConfigureAwait(false);
        if (freed)
            logger.GroupFreed(key.Consumer, key.GroupId);
        if (next is not { } replay)
            return (found, false);

        await sqs.SendMessageAsync(Replay.Of(replay, key.GroupId), cancellationToken).ConfigureAwait(false);
        await ParkedGroupTable.SentAsync(database, key, replay.Position, cancellationToken).ConfigureAwait(false);
        return (found, true);
    }
}
