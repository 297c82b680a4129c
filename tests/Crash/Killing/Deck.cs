namespace Crash.Killing;

/// <summary>All points of all victims in an order that the seed gives, again and again: each comes once before any comes twice.</summary>
internal sealed class Deck(int seed)
{
    private static readonly (Victim Victim, string Point)[] All = [.. Victim.All.SelectMany(victim => victim.Points.Select(point => (victim, point)))];
    private static readonly int Leftover = All.Length / 4;
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly LinkedList<(Victim Victim, string Point)> _cards = [];

    /// <summary>Takes the next point of a victim that is free; null while all that are left of this turn belong to others.</summary>
    /// <param name="busy">Victims with an order that is not carried out yet.</param>
    public (Victim Victim, string Point)? Take(IReadOnlyCollection<Victim> busy)
    {
        lock (_gate)
        {
            if (Find(busy) is { } card)
                return card;

            // The last of a turn may take long: the next one begins beside them.
            if (_cards.Count > Leftover)
                return null;
            var shuffled = All.ToArray();
            _random.Shuffle(shuffled);
            foreach (var next in shuffled)
                _cards.AddLast(next);
            return Find(busy);
        }
    }

    /// <summary>Puts back what was taken in vain, for a later time.</summary>
    public void PutBack((Victim Victim, string Point) card)
    {
        lock (_gate)
            _cards.AddLast(card);
    }

    private (Victim Victim, string Point)? Find(IReadOnlyCollection<Victim> busy)
    {
        for (var card = _cards.First; card is not null; card = card.Next)
        {
            if (busy.Contains(card.Value.Victim))
                continue;
            _cards.Remove(card);
            return card.Value;
        }

        return null;
    }
}
