namespace Messaging.Consuming;

/// <summary>A message whose lane nobody waits for any more.</summary>
internal readonly record struct Abandoned(Delivery Delivery, LaneRun Run);

/// <summary>What of a batch must come back.</summary>
internal sealed class BatchOutcome
{
    /// <summary>Those whose next time is known.</summary>
    public List<Returned> Returned { get; } = [];

    /// <summary>
    /// Those whose handlers ran on beyond all patience, or whose lane failed. They come back at the queue's visibility timeout: at once, one
    /// could run beside the handler that nobody waits for.
    /// </summary>
    public List<Abandoned> Abandoned { get; } = [];

    /// <summary>The ids for the answer, each once, even where a queue handed out one message twice.</summary>
    public IReadOnlyCollection<string> Ids()
    {
        if (Returned.Count + Abandoned.Count == 0)
            return [];
        var ids = new HashSet<string>(Returned.Count + Abandoned.Count, StringComparer.Ordinal);
        foreach (var returned in Returned)
            ids.Add(returned.Delivery.MessageId);
        foreach (var abandoned in Abandoned)
            ids.Add(abandoned.Delivery.MessageId);
        return ids;
    }
}
