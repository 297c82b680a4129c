using LocalCloud.Http;

namespace LocalCloud.Faults;

/// <summary>What goes wrong with one call.</summary>
internal sealed class CallFaults(FaultRun run, string service, string action, long ordinal)
{
    /// <summary>Whether the service works but the client never hears of it.</summary>
    public bool LosesResponse => run.Hits(FaultKind.LostResponse, service, action, ordinal).Any();

    /// <summary>How long the call waits before anything is done.</summary>
    public TimeSpan Delay => run.Hits(FaultKind.Slow, service, action, ordinal).Aggregate(TimeSpan.Zero, (sum, hit) => sum + hit.Rule.Delay);

    /// <summary>The error with which the service refuses the call, of the first rule that hits.</summary>
    public ServiceException? Refusal => Refusals().OrderBy(refusal => refusal.Index).Select(refusal => refusal.Error).FirstOrDefault();

    /// <summary>What a failed entry of a batch tells.</summary>
    public static ServiceException EntryError => new("InternalError", "The entry was failed by a fault rule: try it again.", status: 500);

    /// <summary>Whether one entry of the batch fails.</summary>
    /// <param name="entry">Its place, from 0.</param>
    public bool FailsEntry(int entry) => run.Hits(FaultKind.PartialBatch, service, action, ordinal, part: entry).Any();

    private IEnumerable<(int Index, ServiceException Error)> Refusals() =>
        run.Hits(FaultKind.Throttle, service, action, ordinal).Select(hit => (hit.Index, FaultErrors.Throttled(service)))
            .Concat(run.Hits(FaultKind.InternalError, service, action, ordinal).Select(hit => (hit.Index, FaultErrors.Internal(service))))
            .Concat(run.Hits(FaultKind.Unavailable, service, action, ordinal).Select(hit => (hit.Index, FaultErrors.Unavailable(service))));
}
