using Messaging.Consuming;

namespace Messaging.Polling;

/// <summary>A message in our hands: received, and not yet settled with the queue.</summary>
/// <param name="delivery">The message.</param>
/// <param name="receivedAt">When it came.</param>
/// <param name="visibility">How long it is hidden from then on.</param>
internal sealed class Held(Delivery delivery, DateTimeOffset receivedAt, TimeSpan visibility)
{
    private long _hiddenAt = receivedAt.UtcTicks;
    private long _visibleAt = (receivedAt + visibility).UtcTicks;
    private volatile bool _isLost;

    public Delivery Delivery { get; } = delivery;

    /// <summary>When it was hidden last.</summary>
    public DateTimeOffset HiddenAt => new(Volatile.Read(ref _hiddenAt), TimeSpan.Zero);

    /// <summary>When others see it, unless it is hidden once more.</summary>
    public DateTimeOffset VisibleAt => new(Volatile.Read(ref _visibleAt), TimeSpan.Zero);

    /// <summary>True once somebody else may have it: then nothing is sent for it any more.</summary>
    public bool IsLost => _isLost;

    public void Lose() => _isLost = true;

    public void Extended(DateTimeOffset at, TimeSpan by)
    {
        Volatile.Write(ref _hiddenAt, at.UtcTicks);
        Volatile.Write(ref _visibleAt, (at + by).UtcTicks);
    }

    /// <summary>The part of a delay that SQS can still grant.</summary>
    public TimeSpan Allowed(TimeSpan delay, DateTimeOffset now)
    {
        var left = receivedAt + SqsWorkerOptions.LongestHold - now;
        return delay < left ? delay : left;
    }
}
