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
    public async ValueTask<TimeSpan?> PassAsync(Delivery delivery, Lane lane, LaneRun run)
    {
        try
        {
            return Replay.PositionOf(delivery) is { } position
                ? await ReplayAsync(delivery, position, lane, run).ConfigureAwait(false)
                : await PassOrKeepAsync(delivery, lane, run).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The queue or the database did not take part: nobody knows what may run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (run.IsAbandoned)
                return null;
            logger.ParkingFailed(e, key.Consumer, delivery.MessageId, key.GroupId);
            _parked = null;
            return Backoff.Next(delivery.ReceiveCount, options.FirstBackoff);
        }
    }

    /// <summary>Parks the group behind a dead letter whose handler nobody waits for any more. False where it is not parked: then the message must come back.</summary>
    public async Task<bool> TryParkAsync(Delivery dead, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await ParkAsync(dead, reason, cancellationToken).ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // Whatever it was: acknowledged, the message would let its followers overtake.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.ParkingFailed(e, key.Consumer, dead.MessageId, key.GroupId);
            return false;
        }
    }

    private async Task<TimeSpan?> PassOrKeepAsync(Delivery delivery, Lane lane, LaneRun run)
    {
        _parked ??= await ParkedGroupTable.ContainsAsync(database, key, run.Abandoned).ConfigureAwait(false);
        if (_parked.Value)
        {
            FailPoint.Before(Step.Park);
            _parked = await ParkedGroupTable.TryAppendAsync(database, key, delivery, options.QueueUrl, run.Abandoned).ConfigureAwait(false);
            FailPoint.After(Step.Park);
            if (_parked.Value)
            {
                logger.FollowerParked(key.Consumer, delivery.MessageId, key.GroupId);
                return null;
            }
        }

        var outcome = await lane.HandleAsync(delivery, run).ConfigureAwait(false);
        if (outcome.DeathReason is { } reason)
            await ParkAsync(delivery, reason, run.Abandoned).ConfigureAwait(false);
        return outcome.ReturnAfter;
    }

    private async Task<TimeSpan?> ReplayAsync(Delivery delivery, long position, Lane lane, LaneRun run)
    {
        if (await ParkedMessageTable.DueAsync(database, key, position, run.Abandoned).ConfigureAwait(false) is not { } message)
        {
            // Of an earlier release, or handled before its answer was lost, which may have been before the next one was sent.
            await chain.AdvanceAsync(key, null, run.Abandoned).ConfigureAwait(false);
            return null;
        }

        _parked = true;
        var replayed = message.InPlaceOf(delivery);
        var outcome = await lane.HandleAsync(replayed, run).ConfigureAwait(false);
        if (run.IsAbandoned || outcome.ReturnAfter is not null)
            return outcome.ReturnAfter;
        if (outcome.DeathReason is { } reason)
            await ParkAsync(replayed, reason, run.Abandoned).ConfigureAwait(false);
        else
            await chain.AdvanceAsync(key, message.Place, run.Abandoned).ConfigureAwait(false);
        return null;
    }

    private async Task ParkAsync(Delivery dead, string reason, CancellationToken cancellationToken)
    {
        FailPoint.Before(Step.Park);
        await ParkedGroupTable.ParkAsync(database, key, dead, reason, options.QueueUrl, cancellationToken).ConfigureAwait(false);
        FailPoint.After(Step.Park);
        logger.GroupParked(key.Consumer, key.GroupId, dead.MessageId);
        _parked = true;
    }
}
