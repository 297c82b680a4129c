namespace Messaging.Publishing;

/// <summary>What the answer to a call of several messages tells about each of them.</summary>
internal static class BatchAnswer
{
    /// <summary>An answer that does not name each message once tells nothing: the whole call is unknown, and all of it is reported as failed.</summary>
    public static IReadOnlyList<EntryFailure> Failures(
        IReadOnlyList<Outbound> batch, IEnumerable<string?> successful, IEnumerable<(string? EntryId, string Code, string Reason, bool SenderFault)> failed)
    {
        var failures = failed.ToArray();
        var named = successful.Concat(failures.Select(f => f.EntryId)).ToArray();
        if (named.Length != batch.Count || !named.ToHashSet(StringComparer.Ordinal).SetEquals(Enumerable.Range(0, batch.Count).Select(SqsRules.EntryId)))
        {
            var reason = $"The service's answer names {named.Length} entries where {batch.Count} were sent: nobody knows what became of them.";
            return [.. batch.Select((m, i) => new EntryFailure(i, new(m.Id, reason, PublishFailureCause.Message), MayPass: false))];
        }

        return [.. failures.Select(f => Read(batch, SqsRules.EntryIndex(f.EntryId), f.Code, f.Reason, f.SenderFault))];
    }

    private static EntryFailure Read(IReadOnlyList<Outbound> batch, int index, string code, string reason, bool senderFault)
    {
        var cause = senderFault && ErrorCodes.IsBadMessage(code) ? PublishFailureCause.BadMessage : PublishFailureCause.Message;
        return new(index, new(batch[index].Id, $"{code}: {reason}", cause), MayPass: !senderFault || ErrorCodes.IsThrottled(code));
    }
}
