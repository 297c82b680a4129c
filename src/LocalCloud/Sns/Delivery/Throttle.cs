namespace LocalCloud.Sns.Delivery;

/// <summary>Spreads a subscription's deliveries over time. Safe for concurrent use.</summary>
internal sealed class Throttle
{
    private readonly Lock _gate = new();
    private DateTimeOffset _free;

    /// <summary>Takes the next free moment and tells how far off it is.</summary>
    public TimeSpan Reserve(DateTimeOffset now, int perSecond)
    {
        lock (_gate)
        {
            var mine = _free > now ? _free : now;
            _free = mine + TimeSpan.FromSeconds(1d / perSecond);
            return mine - now;
        }
    }
}
