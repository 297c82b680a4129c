using LocalCloud.Http;

namespace LocalCloud.Faults;

/// <summary>A plan at work: it counts the calls and messages that its draws depend on. Safe for concurrent use.</summary>
internal sealed class FaultRun(FaultPlan plan)
{
    private readonly ByAction<Ordinal> _calls = new(() => new());
    private readonly ByAction<Ordinal> _messages = new(() => new());

    public FaultPlan Plan { get; } = plan.Validated();

    /// <summary>What happens to the next call of an action; null when no rule is about it.</summary>
    public CallFaults? Next(string service, string? action)
    {
        var ordinal = _calls.Get(service, action).Next();
        return Plan.Rules.Any(rule => rule.IsFor(service, action)) ? new CallFaults(this, service, action ?? "", ordinal) : null;
    }

    /// <summary>What happens to the next message of a standard queue: for how long it is held back, and after how long it comes again, if it does.</summary>
    public (TimeSpan HeldBack, TimeSpan? Again) NextMessage(string queue)
    {
        var ordinal = _messages.Get("sqs", queue).Next();
        var heldBack = TimeSpan.Zero;
        TimeSpan? again = null;
        foreach (var (index, rule) in Hits(FaultKind.Reorder, "sqs", queue, ordinal))
        {
            heldBack += rule.Delay * Draw.Of(Plan.Seed, index, "sqs", queue, ordinal, part: -1);
        }

        foreach (var (index, rule) in Hits(FaultKind.Duplicate, "sqs", queue, ordinal))
        {
            again = rule.Delay * Draw.Of(Plan.Seed, index, "sqs", queue, ordinal, part: -1);
        }

        return (heldBack, again);
    }

    /// <summary>The rules of a kind that hit a call, a message or one part of it, with their places.</summary>
    public IEnumerable<(int Index, FaultRule Rule)> Hits(FaultKind kind, string service, string action, long ordinal, int part = 0)
    {
        for (var i = 0; i < Plan.Rules.Count; i++)
        {
            var rule = Plan.Rules[i];
            if (rule.Kind == kind && rule.IsFor(service, action) && Draw.Of(Plan.Seed, i, service, action, ordinal, part) < rule.Probability)
            {
                yield return (i, rule);
            }
        }
    }

    private sealed class Ordinal
    {
        private long _last;

        public long Next() => Interlocked.Increment(ref _last);
    }
}
