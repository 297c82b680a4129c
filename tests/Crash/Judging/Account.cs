using Crash.Killing;

namespace Crash.Judging;

/// <summary>What became of everything.</summary>
internal sealed class Account
{
    // With so many deaths each place has had its turn several times: one where nobody dies is one that nobody comes by.
    private const int EnoughForEveryPoint = 1_000;

    public required Settings Settings { get; init; }

    public required IReadOnlyList<Tally> Tallies { get; init; }

    public required Deaths Deaths { get; init; }

    public required int Outages { get; init; }

    /// <summary>Letters sent again by the heirs of the dead, and calls that the partner absorbed.</summary>
    public required (int Letters, int Calls) Repeated { get; init; }

    /// <summary>Bookings that nobody has acknowledged: they may exist or not.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Where there are dead letters, those of unreadable notes not counted.</summary>
    public required IReadOnlyList<string> DeadLetters { get; init; }

    public required bool HasSettled { get; init; }

    public required TimeSpan Time { get; init; }

    public bool IsClean => HasSettled && Deaths.Count == Settings.Kills && DeadLetters.Count == 0 && Unreached.Count == 0 && Lost + Ghosts + Duplicates + OutOfOrder == 0;

    private int Lost => Tallies.Sum(t => t.Lost);

    private int Ghosts => Tallies.Sum(t => t.Ghosts);

    private int Duplicates => Tallies.Sum(t => t.Duplicates);

    private int OutOfOrder => Tallies.Sum(t => t.OutOfOrder);

    private IReadOnlyList<string> Unreached => Settings.Kills < EnoughForEveryPoint ? [] :
        [.. Victim.All.SelectMany(v => v.Points.Select(p => $"{v.Name} {p}")).Except(Deaths.All.Select(d => $"{d.Victim} {d.Point}"))];

    public void Print(TextWriter output)
    {
        PrintDeaths(output);
        output.WriteLine();
        output.WriteLine($"{"",-10}{"due",10}{"effects",10}{"lost",10}{"ghosts",10}{"duplicates",12}{"out of order",14}");
        foreach (var t in Tallies)
            output.WriteLine($"{t.Name,-10}{t.Due,10:N0}{t.Effects,10:N0}{t.Lost,10:N0}{t.Ghosts,10:N0}{t.Duplicates,12:N0}{t.OutOfOrder,14:N0}");
        output.WriteLine();
        output.WriteLine($"Sent again after a crash: {Repeated.Letters:N0} letters, and {Repeated.Calls:N0} calls that the partner knew by their key.");
        if (Unanswered > 0)
            output.WriteLine($"Never acknowledged: {Unanswered:N0} bookings, which may exist or not.");
        foreach (var trouble in Tallies.SelectMany(t => t.Findings).Concat(DeadLetters.Select(d => $"dead letters: {d}")).Concat(Unreached.Select(p => $"nobody died at: {p}")))
            output.WriteLine(trouble);
        if (!HasSettled)
            output.WriteLine("It did not settle.");
        if (Deaths.Count < Settings.Kills)
            output.WriteLine($"It was ended before all {Settings.Kills:N0} had died.");
        output.WriteLine(
            $"{Deaths.Count:N0} kills, {Outages} restarts of PostgreSQL, seed {Settings.Seed}, {Time:hh\\:mm\\:ss}: " +
            $"{Tallies[0].Due:N0} acknowledged, {Tallies.Skip(1).Sum(t => t.Effects):N0} effects, {Lost} lost, {Ghosts} ghosts, {Duplicates} duplicate effects, {OutOfOrder} out of order");
    }

    private void PrintDeaths(TextWriter output)
    {
        var died = Deaths.All.CountBy(d => (d.Victim, d.Point)).ToDictionary();
        var withdrawn = Deaths.Withdrawn.CountBy(w => w).ToDictionary();
        output.WriteLine("Kills before and after each step; in brackets the orders that nobody came by for.");
        foreach (var victim in Victim.All)
            output.WriteLine($"{victim.Name,-12}{string.Join("  ", victim.Steps.Select(step => $"{step} {Times(victim.Name, $"before-{step}")}/{Times(victim.Name, $"after-{step}")}"))}");

        string Times(string name, string point) =>
            withdrawn.TryGetValue((name, point), out var vain) ? $"{died.GetValueOrDefault((name, point))}({vain})" : $"{died.GetValueOrDefault((name, point))}";
    }
}
