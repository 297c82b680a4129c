using Messaging.Consuming;
using Messaging.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Parking;

/// <summary>
/// Stands in front of a lane of one message group: keeps what may not run yet, exchanges a replay for its message, and parks the group
/// when a message of it is dead-lettered. Whatever fails here, the delivery comes back and those behind it with it: nothing overtakes.
/// </summary>
internal sealed class ParkingGate(GroupKey key, NpgsqlDataSource database, ReplayChain chain, QueueOptions options, ILogger logger)
{
    // Only the lane that has a group's messages changes this, so it holds as long as the lane; null is unknown.
    private bool? _parked;

    /// <summary>Null where the queue can forget the delivery, else the delay after which it comes back. Means nothing once it is abandoned.</summary>
    public async ValueTask<TimeSpan?> PassAsync(Delivery delivery, Lane lane, CancellationToken stop, CancellationToken abandoned)
    {
        try
        {
            return Replay.PositionOf(delivery) is { } position
                ? await ReplayAsync(delivery, position, lane, stop, abandoned).ConfigureAwait(false)
                : await PassOrKeepAsync(delivery, lane, stop, abandoned).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The queue or the database did not take part: nobody knows what may run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (abandoned.IsCancellationRequested)
                return null;
            logger.ParkingFailed(e, key.Consumer, delivery.MessageId, key.GroupId);
            _parked = null;
            return Backoff.Next(delivery.ReceiveCount, options.FirstBackoff);
        }
    }

    private async Task<TimeSpan?> PassOrKeepAsync(Delivery delivery, Lane lane, CancellationToken stop, CancellationToken abandoned)
    {
        _parked ??= await ParkedGroupTable.ContainsAsync(database, key, abandoned).ConfigureAwait(false);
        if (_parked.Value)
        {
            FailPoint.Before(Step.Park);
            _parked = await ParkedGroupTable.TryAppendAsync(database, key, delivery, options.QueueUrl, abandoned).ConfigureAwait(false);
            FailPoint.After(Step.Park);
            if (_parked.Value)
            {
                logger.FollowerParked(key.Consumer, delivery.MessageId, key.GroupId);
                return null;
            }
        }

        var returnAfter = await lane.HandleAsync(delivery, stop, abandoned).ConfigureAwait(false);
        if (delivery.DeathReason is not null)
            await ParkAsync(delivery, null, abandoned).ConfigureAwait(false);
        return returnAfter;
    }

    private async Task<TimeSpan?> ReplayAsync(Delivery delivery, long position, Lane lane, CancellationToken stop, CancellationToken abandoned)
    {
        if (await ParkedMessageTable.DueAsync(database, key, position, abandoned).ConfigureAwait(false) is not { } message)
        {
            // Of an earlier release, or handled before its answer was lost, which may have been before the next one was sent.
            await chain.AdvanceAsync(key, null, abandoned).ConfigureAwait(false);
            return null;
        }

        _parked = true;
        var replayed = message.InPlaceOf(delivery);
        var returnAfter = await lane.HandleAsync(replayed, stop, abandoned).ConfigureAwait(false);
        if (abandoned.IsCancellationRequested || returnAfter is not null)
            return returnAfter;
        if (replayed.DeathReason is not null)
            await ParkAsync(replayed, message.Place, abandoned).ConfigureAwait(false);
        else
            await chain.AdvanceAsync(key, message.Place, abandoned).ConfigureAwait(false);
        return null;
    }

    private async Task ParkAsync(Delivery dead, ParkedPlace? replayed, CancellationToken cancellationToken)
    {
        FailPoint.Before(Step.Park);
        await ParkedGroupTable.ParkAsync(database, key, dead, replayed, options.QueueUrl, cancellationToken).ConfigureAwait(false);
        FailPoint.After(Step.Park);
        logger.GroupParked(key.Consumer, key.GroupId, dead.MessageId);
        _parked = true;
    }
}
