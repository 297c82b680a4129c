namespace Messaging.Consuming;

/// <summary>Divides a batch into what may run side by side.</summary>
internal static class Lanes
{
    /// <summary>
    /// On a FIFO queue a lane for each message group, in the queue's order; on a standard queue one for each message: a group id spreads load
    /// between tenants there and promises no order.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Delivery>> Of(IReadOnlyList<Delivery> deliveries, bool fifo)
    {
        if (!fifo)
        {
            var single = new Delivery[deliveries.Count][];
            for (var i = 0; i < single.Length; i++)
                single[i] = [deliveries[i]];
            return single;
        }

        var lanes = new List<List<Delivery>>();
        var groups = new Dictionary<string, List<Delivery>>(StringComparer.Ordinal);
        foreach (var delivery in deliveries)
        {
            // Without its group id nobody knows what a message must not overtake: those without stay in line.
            var group = delivery.GroupId ?? "";
            if (!groups.TryGetValue(group, out var lane))
                lanes.Add(groups[group] = lane = []);
            lane.Add(delivery);
        }

        return lanes;
    }
}
