using System.Collections.Concurrent;
using Messaging.Diagnostics;
using Messaging.Publishing;
using Messaging.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>Empties the lanes of one destination, some at a time.</summary>
internal sealed class DestinationSweep(string destination, NpgsqlDataSource database, PublishMessages publish, OutboxOptions options, TimeProvider time, ILogger logger)
{
    // Then the other lanes have their turn. Lanes lie between each other in the table: those that go in step read, change and log each of its pages
    // once, where one after the other would do it for every lane anew.
    private const int RowsInTurn = 2_000;
    // After it is told to stop: for the calls that are under way, and for all that must be marked after them.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan End = TimeSpan.FromSeconds(4);
    private readonly ConcurrentQueue<OutboxLane> _lanes = [];
    private volatile bool _isAway;
    private CancellationToken _end;

    /// <summary>Publishes what is due in every lane that nobody else holds, until the destination takes no call.</summary>
    public async Task<SweepResult> RunAsync(CancellationToken cancellationToken)
    {
        // None of what marks is cancelled at once: what is out must not go out again.
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stop = cancellationToken.Register(() => end.CancelAfter(End));
        _end = end.Token;

        // Not always the same first: a sweep that is cut off would leave the same last.
        var lanes = (await OutboxTable.DueLanesAsync(database, destination, cancellationToken).ConfigureAwait(false)).ToArray();
        Random.Shared.Shuffle(lanes);
        foreach (var lane in lanes)
            _lanes.Enqueue(lane);
        var workers = Enumerable.Range(0, Math.Min(_lanes.Count, options.LanesAtATime)).Select(_ => WorkAsync(cancellationToken));
        return SweepResult.Sum(await Task.WhenAll(workers).ConfigureAwait(false));
    }

    private async Task<SweepResult> WorkAsync(CancellationToken cancellationToken)
    {
        var results = new List<SweepResult>();
        while (!_isAway && !cancellationToken.IsCancellationRequested && _lanes.TryDequeue(out var lane))
        {
            FailPoint.Before(Step.Claim);
            if (await LaneLease.TryAcquireAsync(database, lane, options.Lease, time, cancellationToken).ConfigureAwait(false) is not { } lease)
                continue;
            FailPoint.After(Step.Claim);
            try
            {
                if (await EmptyAsync(lane, lease, results, cancellationToken).ConfigureAwait(false))
                    _lanes.Enqueue(lane);
            }
            finally
            {
                await lease.ReleaseAsync(_isAway ? options.Rest : TimeSpan.Zero, _end).ConfigureAwait(false);
            }
        }

        return SweepResult.Sum(results);
    }

    // True where there is more, and others have their turn first.
    private async Task<bool> EmptyAsync(OutboxLane lane, LaneLease lease, List<SweepResult> results, CancellationToken cancellationToken)
    {
        // A key with a message that waits is closed for this turn: its followers must not overtake it.
        var closed = new HashSet<string>(StringComparer.Ordinal);
        var published = 0;
        var next = await OutboxTable.FirstPageAsync(database, lane, options.PageSize, cancellationToken).ConfigureAwait(false);
        while (next is { Rows: { Count: > 0 } rows } current)
        {
            if (lease.Left == TimeSpan.Zero)
                return true;
            var due = rows.Where(row => !closed.Contains(row.Message.Key) && (row.IsAvailable || !closed.Add(row.Message.Key))).ToArray();
            var failures = await PublishAsync(due, lease, cancellationToken).ConfigureAwait(false);
            var page = LanePage.Of(due, failures, options);
            closed.UnionWith(page.ClosedKeys);

            // A call that was cut off because this relay stops, or because many before it took all its time, says nothing about the destination.
            var ranOutOfTime = page.DestinationFailure is not null && page.Published.Count > 0 && lease.Left == TimeSpan.Zero;
            _isAway |= page.DestinationFailure is not null && !ranOutOfTime && !cancellationToken.IsCancellationRequested;
            published += page.Published.Count;
            var goesOn = current.HasMore && published < RowsInTurn && !ranOutOfTime && !_isAway && !cancellationToken.IsCancellationRequested;
            FailPoint.Before(Step.Mark);
            next = await lease.TurnAsync(page, rows[^1], closed, goesOn ? current.NextSize(options.PageSize) : 0, _end).ConfigureAwait(false);
            FailPoint.After(Step.Mark);
            if (next is null)
            {
                logger.LaneLost(destination, lane.Number);
                return false;
            }

            await ReportAsync(page, lease, cancellationToken).ConfigureAwait(false);
            results.Add(new(page.Published.Count, rows.Count - page.Published.Count - page.Parked.Count, page.Parked.Count));
            if (!goesOn)
                return current.HasMore || ranOutOfTime;

            // An operator put a message back, or freed some, that this turn has passed: the next page may hold followers of theirs.
            if (next.Rows.Count > 0 && next.Changes != current.Changes)
                return true;
        }

        return false;
    }

    private async Task<IReadOnlyList<PublishFailure>> PublishAsync(OutboxRow[] rows, LaneLease lease, CancellationToken cancellationToken)
    {
        if (rows.Length == 0)
            return [];
        using var patience = new CancellationTokenSource(lease.Left, time);
        using var drain = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stop = cancellationToken.Register(() => drain.CancelAfter(Drain));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, drain.Token);
        var failures = await publish(destination, [.. rows.Select(r => r.Message)], either.Token).ConfigureAwait(false);
        OutboxMetrics.Report(destination, rows.Length - failures.Count, failures);
        return failures;
    }

    private async Task ReportAsync(LanePage page, LaneLease lease, CancellationToken cancellationToken)
    {
        if (_isAway && page.DestinationFailure is { } reason)
            logger.DestinationAway(destination, options.Rest, reason);
        foreach (var (row, _, why) in page.Postponed)
            logger.PublishFailed(destination, row.Message.Id, row.Attempts + 1, why);
        foreach (var (row, why) in page.Parked)
        {
            // Those that are left are tried once more, and parked then.
            if (cancellationToken.IsCancellationRequested || lease.Left == TimeSpan.Zero)
                return;
            FailPoint.Before(Step.Park);
            if (!await lease.ParkAsync(row, why, _end).ConfigureAwait(false))
                continue;
            FailPoint.After(Step.Park);
            logger.Parked(row.Message.Id, destination, row.Attempts + 1, why);
            OutboxMetrics.Parked.Add(1, OutboxMetrics.Tag(destination));
        }
    }
}
