using Crash.Load;
using Crash.Processes;

namespace Crash.Judging;

/// <summary>Compares what clients were told, and what was decided, with what the database holds.</summary>
internal static class DatabaseJudge
{
    /// <summary>What was acknowledged must be decided, and nothing that nobody asked for.</summary>
    public static Tally Bookings(IReadOnlyCollection<Wish> wishes, Evidence evidence)
    {
        var tally = new Tally("bookings") { Due = wishes.Count(w => w.IsAccepted), Effects = evidence.Bookings.Count };
        var asked = wishes.ToDictionary(w => w.Id);
        foreach (var wish in wishes.Where(w => w.IsAccepted))
        {
            var status = evidence.Bookings.GetValueOrDefault(wish.Id)?.Status;
            if (status is null)
                tally.AddLost($"{wish.Id}");
            else if (status == "confirmed" && wish.IsCancelAccepted)
                tally.AddLost($"{wish.Id} cancellation");
        }

        foreach (var booking in evidence.Bookings.Values)
        {
            if (!asked.TryGetValue(booking.Id, out var wish))
                tally.AddGhost($"{booking.Id}");
            else if (booking.Status == "cancelled" && !wish.IsCancelTried)
                tally.AddGhost($"{booking.Id} cancellation");
        }

        foreach (var early in evidence.EarlyCancellations)
            tally.AddOutOfOrder($"{early} cancelled, then placed");
        return tally;
    }

    /// <summary>Finance's ledger: in order per booking.</summary>
    public static Tally Ledger(Evidence evidence) => Events("ledger", evidence, evidence.Ledger);

    /// <summary>The worker's rows: in order per booking.</summary>
    public static Tally Worker(Evidence evidence) => Events("worker", evidence, evidence.Worker);

    /// <summary>A room taken for each confirmed booking and night, not one more and not one less.</summary>
    public static Tally Rooms(Evidence evidence)
    {
        var due = evidence.Bookings.Values.Where(b => b.Status == "confirmed")
            .SelectMany(b => Enumerable.Range(0, b.CheckOut.DayNumber - b.CheckIn.DayNumber).Select(i => (b.HotelId, b.RoomType, b.CheckIn.AddDays(i))))
            .CountBy(night => night)
            .ToDictionary();
        var tally = new Tally("rooms") { Due = due.Values.Sum(), Effects = evidence.Rooms.Values.Sum() };
        foreach (var night in due.Keys.Union(evidence.Rooms.Keys))
        {
            var difference = evidence.Rooms.GetValueOrDefault(night) - due.GetValueOrDefault(night);
            if (difference > 0)
                tally.AddDuplicate($"{night}", difference);
            if (difference < 0)
                tally.AddLost($"{night}", -difference);
        }

        return tally;
    }

    /// <summary>
    /// The shelves' notes: 1, 2, 3 and so on, in this order. Those that nobody can read are dead letters, and their followers waited for a release.
    /// </summary>
    public static Tally Notes(Evidence evidence, IReadOnlyCollection<Note> deadLetters)
    {
        var tally = new Tally("notes");
        foreach (var (shelf, last) in evidence.Shelves)
        {
            var all = Enumerable.Range(1, (int)last).Select(number => new Note(shelf, number)).ToArray();
            var due = all.Where(note => !note.IsUnreadable).Select(note => note.Number).ToHashSet();
            var shelved = evidence.Notes[shelf].ToArray();
            tally.Due += due.Count;
            tally.Effects += shelved.Length;
            foreach (var number in due.Except(shelved))
                tally.AddLost($"shelf {shelf} note {number}");
            foreach (var number in shelved.Except(due))
                tally.AddGhost($"shelf {shelf} note {number}");
            foreach (var again in shelved.GroupBy(number => number).Where(g => g.Count() > 1))
                tally.AddDuplicate($"shelf {shelf} note {again.Key}", again.Count() - 1);
            foreach (var (before, after) in shelved.Zip(shelved.Skip(1)).Where(pair => pair.Second < pair.First))
                tally.AddOutOfOrder($"shelf {shelf} note {after} behind {before}");
            foreach (var unreadable in all.Where(note => note.IsUnreadable).Except(deadLetters))
                tally.AddLost($"dead letter of shelf {shelf} note {unreadable.Number}");
        }

        return tally;
    }

    /// <summary>Messages that no topic takes: each is parked once.</summary>
    public static Tally Parked(Evidence evidence)
    {
        var (made, parked) = evidence.Unsendable;
        var tally = new Tally("parked") { Due = made.Count, Effects = parked.Count };
        foreach (var id in made.Except(parked))
            tally.AddLost(id);
        foreach (var id in parked.Except(made))
            tally.AddGhost(id);
        if (parked.Count > parked.Distinct().Count())
            tally.AddDuplicate("a parked message", parked.Count - parked.Distinct().Count());
        return tally;
    }

    private static Tally Events(string name, Evidence evidence, ILookup<Guid, string> effects)
    {
        var tally = new Tally(name);
        foreach (var stranger in effects.Where(group => !evidence.Bookings.ContainsKey(group.Key)))
            tally.AddGhost($"{stranger.Key} {string.Join(", ", stranger)}", stranger.Count());
        foreach (var booking in evidence.Bookings.Values)
            tally.Judge(booking.Id, booking.LedgerEvents, [.. effects[booking.Id]], isOrdered: true);
        return tally;
    }
}
