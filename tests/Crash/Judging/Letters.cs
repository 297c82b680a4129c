using System.Text.Json.Nodes;
using Crash.Killing;

namespace Crash.Judging;

/// <summary>
/// The guests' letters. SES knows no idempotency key: a process that dies between the sending and the row that remembers it leaves a letter that
/// is sent again. Nothing else excuses a second letter, so each must have a death of its sender, or of the database, between it and the one before.
/// </summary>
internal sealed class Letters
{
    private readonly Dictionary<string, (Guid Booking, string Kind, DateTimeOffset At)> _letters = [];

    /// <summary>Letters that were sent again because their sender died.</summary>
    public int Repeated { get; private set; }

    /// <summary>Takes what the mailbox holds; it may have been taken before.</summary>
    public void Add(JsonArray mails)
    {
        foreach (var mail in mails)
        {
            var kind = ((string)mail!["subject"]!).Split(' ') is [.., "confirmed"] ? "confirmed" : ((string)mail["subject"]!).EndsWith("cancelled", StringComparison.Ordinal) ? "cancelled" : "rejected";
            _letters[(string)mail["id"]!] = (Guid.Parse((string)mail["tags"]!["booking"]!), kind, (DateTimeOffset)mail["at"]!);
        }
    }

    public Tally Judge(IReadOnlyDictionary<Guid, BookingRow> bookings, IReadOnlyList<Death> deaths, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> outages)
    {
        var tally = new Tally("letters");
        var sent = _letters.Values.ToLookup(letter => letter.Booking);
        foreach (var stranger in sent.Where(group => !bookings.ContainsKey(group.Key)))
            tally.AddGhost($"{stranger.Key} {stranger.First().Kind}", stranger.Count());
        foreach (var booking in bookings.Values)
            tally.Judge(booking.Id, booking.Events, [.. sent[booking.Id].GroupBy(letter => letter.Kind).SelectMany(Excuse)], isOrdered: false);
        return tally;

        // The kind once for the first letter, and again for each that nothing excuses.
        IEnumerable<string> Excuse(IGrouping<string, (Guid Booking, string Kind, DateTimeOffset At)> letters)
        {
            var times = letters.Select(letter => letter.At).Order().ToArray();
            yield return letters.Key;
            foreach (var (before, after) in times.Zip(times.Skip(1)))
            {
                if (deaths.Any(d => d.Victim == "Email" && d.At >= before && d.At <= after) || outages.Any(o => o.To >= before && o.From <= after))
                    Repeated++;
                else
                    yield return letters.Key;
            }
        }
    }
}
