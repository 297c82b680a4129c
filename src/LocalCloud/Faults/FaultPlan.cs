namespace LocalCloud.Faults;

/// <summary>
/// What goes wrong, and when. Whether a rule hits is computed from the seed, the rule's place in the list, service, action and how many calls
/// that action has had since the plan was set (for messages: queue and how many messages it has taken). So the same seed gives the same run, and calls of one action
/// do not disturb those of another, in whatever order they come.
/// </summary>
public sealed record FaultPlan
{
    private const int MostRules = 100;
    private const int LongestName = 100;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    /// <summary>Any number; another seed hits other calls.</summary>
    public long Seed { get; init; }

    /// <summary>At most 100. Of several errors that hit a call, it gets that of the first rule; the delays of slow answers add up.</summary>
    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <exception cref="ArgumentException">A value is out of its range: the message says which and what may be.</exception>
    internal FaultPlan Validated()
    {
        if (Rules.Count > MostRules)
        {
            throw new ArgumentException($"A fault plan has at most {MostRules} rules, not {Rules.Count}.");
        }

        for (var i = 0; i < Rules.Count; i++)
        {
            if (Complaint(Rules[i]) is { } complaint)
            {
                throw new ArgumentException($"Fault rule {i + 1}: {complaint}");
            }
        }

        return this;
    }

    private static string? Complaint(FaultRule rule) =>
        rule.Service.Length is 0 or > LongestName || rule.Action.Length is 0 or > LongestName ? $"service and action have 1 to {LongestName} characters; * stands for all."
        : rule.Probability is not (>= 0 and <= 1) ? "the probability is a number from 0 to 1."
        : rule.Delay < TimeSpan.Zero || rule.Delay > LongestDelay ? $"the delay is 0 to {LongestDelay.TotalSeconds} seconds."
        : !Enum.IsDefined(rule.Kind) ? "its kind is unknown."
        : rule.Kind is FaultKind.Duplicate or FaultKind.Reorder && rule.Service is not ("sqs" or "*") ? $"{rule.Kind} is for sqs, whose standard queues may do so."
        : rule.Kind is FaultKind.PartialBatch && rule.Service is not ("sqs" or "sns" or "*") ? $"{rule.Kind} is for sqs and sns."
        : null;
}
