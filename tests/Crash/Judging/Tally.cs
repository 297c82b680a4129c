namespace Crash.Judging;

/// <summary>What one party's books show against what they must show.</summary>
/// <param name="name">The party.</param>
internal sealed class Tally(string name)
{
    private const int MostFindings = 10;
    private readonly List<string> _findings = [];

    public string Name => name;

    /// <summary>What must be there.</summary>
    public int Due { get; set; }

    /// <summary>What is there.</summary>
    public int Effects { get; set; }

    public int Lost { get; private set; }

    public int Ghosts { get; private set; }

    public int Duplicates { get; private set; }

    public int OutOfOrder { get; private set; }

    /// <summary>The first of each kind, for whoever looks for the reason.</summary>
    public IReadOnlyList<string> Findings => _findings;

    public void AddLost(string what, int count = 1) => Lost += Note("lost", what, count);

    public void AddGhost(string what, int count = 1) => Ghosts += Note("ghost", what, count);

    public void AddDuplicate(string what, int count = 1) => Duplicates += Note("duplicate", what, count);

    public void AddOutOfOrder(string what) => OutOfOrder += Note("out of order", what, 1);

    /// <summary>Compares what a booking's state must have led to with what it led to.</summary>
    /// <param name="booking">Its id.</param>
    /// <param name="due">The kinds of effect, in order; each once.</param>
    /// <param name="effects">The kinds that there are, in order.</param>
    /// <param name="isOrdered">Whether the order was promised.</param>
    public void Judge(Guid booking, IReadOnlyList<string> due, IReadOnlyList<string> effects, bool isOrdered)
    {
        Due += due.Count;
        Effects += effects.Count;
        foreach (var kind in due.Except(effects))
            AddLost($"{booking} {kind}");
        foreach (var kind in effects.Except(due))
            AddGhost($"{booking} {kind}");
        foreach (var again in effects.GroupBy(kind => kind).Where(group => group.Count() > 1))
            AddDuplicate($"{booking} {again.Key}", again.Count() - 1);
        if (isOrdered && !effects.Intersect(due).SequenceEqual(due.Intersect(effects)))
            AddOutOfOrder($"{booking} {string.Join(", ", effects)}");
    }

    private int Note(string kind, string what, int count)
    {
        if (_findings.Count < MostFindings)
            _findings.Add($"{name}: {kind}: {what}");
        return count;
    }
}
