namespace LocalCloud.Accounting;

/// <summary>What was called so far, or between two moments: so that a test can state what a use case costs.</summary>
/// <param name="Counts">By service, then by action; only what was called.</param>
public sealed record RequestCounts(IReadOnlyList<RequestCount> Counts)
{
    /// <summary>Requests on the bill in all.</summary>
    public long Billed => Counts.Sum(count => count.Billed);

    /// <summary>One action; zeros when it was not called.</summary>
    public RequestCount Of(string service, string action) =>
        Counts.FirstOrDefault(count => count.Service == service && count.Action == action) ?? new RequestCount(service, action, 0, 0, 0);

    /// <summary>What came on top of an earlier count.</summary>
    public RequestCounts Since(RequestCounts earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new([.. Counts.Select(now => (Now: now, Then: earlier.Of(now.Service, now.Action)))
            .Select(pair => new RequestCount(pair.Now.Service, pair.Now.Action, pair.Now.Calls - pair.Then.Calls, pair.Now.Failed - pair.Then.Failed, pair.Now.Billed - pair.Then.Billed))
            .Where(count => count.Calls > 0)]);
    }
}
