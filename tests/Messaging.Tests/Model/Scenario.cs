namespace Messaging.Tests.Model;

/// <summary>A queue, what is sent to it, and how unkind the world is to those who work on it.</summary>
/// <param name="Fifo">A FIFO queue, or a standard one.</param>
/// <param name="Messages">In the order of sending.</param>
/// <param name="Schedule">Seed of everything that happens around the handlers: sizes of batches, who works when, how the clock moves.</param>
/// <param name="Pollers">Batches under way at a time, 1 to 3.</param>
/// <param name="LostAnswers">Percent of batches whose answer nobody hears.</param>
/// <param name="Stalls">Percent of batches that rest until their messages are visible to others again.</param>
/// <param name="Faults">Whether calls to the queues fail, and standard queues deliver twice.</param>
/// <param name="DiscardsUnknown">Whether the consumer discards messages of unknown types.</param>
internal sealed record Scenario(
    bool Fifo, IReadOnlyList<Planned> Messages, int Schedule, int Pollers, int LostAnswers, int Stalls, bool Faults, bool DiscardsUnknown)
{
    private const int MostShown = 40;

    public override string ToString() => string.Join('\n', [
        $"{(Fifo ? "FIFO" : "standard")} queue, schedule {Schedule}, {Pollers} pollers, {LostAnswers}% answers lost, {Stalls}% stalled, "
            + $"{(Faults ? "with" : "without")} faults, unknown types {(DiscardsUnknown ? "discarded" : "dead-lettered")}, {Messages.Count} messages:",
        .. Messages.Where(m => Messages.Count <= MostShown || m.Steps.Count > 0).Take(MostShown).Select(m => $"  {m}"),
    ]);
}
