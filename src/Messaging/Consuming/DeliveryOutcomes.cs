namespace Messaging.Consuming;

/// <summary>What became of each delivery of a batch, until nobody waits any more.</summary>
internal sealed class DeliveryOutcomes(int deliveries)
{
    private readonly Lock _gate = new();
    private readonly Outcome[] _outcomes = new Outcome[deliveries];
    private bool _closed;

    private enum State : byte
    {
        Unsettled,
        Acknowledged,
        Returned,
    }

    /// <summary>Takes one delivery's outcome; one that comes too late changes nothing.</summary>
    public void Settle(Delivery delivery, TimeSpan? returnAfter)
    {
        lock (_gate)
        {
            if (!_closed)
                _outcomes[delivery.Position] = returnAfter is { } delay ? new(State.Returned, delay) : new(State.Acknowledged, default);
        }
    }

    /// <summary>Takes nothing from now on.</summary>
    /// <param name="runs">The lanes, in the order in which they were started.</param>
    /// <param name="started">How many of them were started.</param>
    /// <returns>What must come back.</returns>
    public BatchOutcome Close(IReadOnlyList<LaneRun> runs, int started)
    {
        lock (_gate)
            _closed = true;
        var outcome = new BatchOutcome();
        for (var i = 0; i < runs.Count; i++)
            Collect(runs[i], outcome, mayRun: i < started);
        return outcome;
    }

    private void Collect(LaneRun run, BatchOutcome outcome, bool mayRun)
    {
        foreach (var delivery in run.Deliveries)
        {
            switch (_outcomes[delivery.Position])
            {
                case { State: State.Returned } returned:
                    outcome.Returned.Add(new(delivery, returned.Delay));
                    break;
                case { State: State.Unsettled } when mayRun:
                    outcome.Abandoned.Add(new(delivery, run));
                    mayRun = false;
                    break;
                case { State: State.Unsettled }:
                    outcome.Returned.Add(new(delivery, TimeSpan.Zero));
                    break;
            }
        }
    }

    private readonly record struct Outcome(State State, TimeSpan Delay);
}
