using Messaging.Inbox;

namespace Functions.Worker.Revenue;

/// <summary>Splits the report of a month into a task for each hotel, and finds out which of them is the last to be done.</summary>
internal sealed class RevenueParts(TimeProvider time)
{
    private const string Source = "/worker";

    private static Verdict Replaced => Verdict.Discard("Another run of the month's report has taken the place of this one, or it has come further.");

    /// <summary>All parts are written down, and become tasks, in one transaction: none is forgotten and none is one too many.</summary>
    public async Task<Verdict> SplitAsync(Received<ReportRevenue> message, UnitOfWork work, CancellationToken cancellationToken)
    {
        var (month, run) = (message.Data.Month, message.Data.RunId);
        if (!await RevenueTable.LockUnsplitAsync(work.Transaction, month, run, cancellationToken))
            return Replaced;
        var hotels = await RevenueTable.HotelsAsync(work.Transaction, cancellationToken);
        if (hotels.Count > RevenueTable.MostHotels)
            return Verdict.DeadLetter($"There are more than {RevenueTable.MostHotels} hotels: too many parts for one transaction.");

        await RevenueTable.AddPartsAsync(work.Transaction, month, run, hotels, cancellationToken);
        foreach (var (index, hotel) in hotels.Index())
            work.Add(Messages.SumRevenue, new(month, run, index + 1, hotel), Source, time.GetUtcNow());
        if (hotels.Count == 0)
            work.Add(Messages.JoinRevenue, new(month, run), Source, time.GetUtcNow());
        return Verdict.Done;
    }

    /// <summary>
    /// A part counts itself in its own transaction. The run's row is changed by one part at a time (where two meet, the later waits, or is told of a
    /// conflict and begins again), so that exactly one of them finds that it was the last.
    /// </summary>
    public async Task<Verdict> SumAsync(Received<SumRevenue> message, UnitOfWork work, CancellationToken cancellationToken)
    {
        var part = message.Data;
        if (!await RevenueTable.TryMarkAsync(work.Transaction, part, cancellationToken))
            return Replaced;
        await RevenueTable.SumAsync(work.Transaction, part, RevenueMonth.Of(part.Month), cancellationToken);
        switch (await RevenueTable.CountAsync(work.Transaction, part.Month, part.RunId, cancellationToken))
        {
            case null:
                return Replaced;
            case true:
                work.Add(Messages.JoinRevenue, new(part.Month, part.RunId), Source, time.GetUtcNow());
                break;
        }

        return Verdict.Done;
    }
}
