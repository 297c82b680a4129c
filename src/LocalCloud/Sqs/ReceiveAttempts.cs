namespace LocalCloud.Sqs;

/// <summary>
/// Receives of a FIFO queue by their attempt id, for five minutes, as long as none of their messages was deleted or changed.
/// Not thread-safe: the queue's lock guards it.
/// </summary>
internal sealed class ReceiveAttempts
{
    public static readonly long Window = (long)TimeSpan.FromMinutes(5).TotalMilliseconds;

    private readonly Dictionary<string, (long Until, List<Received> Messages)> _attempts = new(StringComparer.Ordinal);
    private readonly Queue<(long Until, string Id)> _order = new();

    /// <summary>The messages of the attempt, if all are still in flight by that very receive.</summary>
    public List<Received>? Find(string id, long now)
    {
        while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count > Limits.ReceiveAttempts))
        {
            _order.Dequeue();
            if (_attempts.TryGetValue(oldest.Id, out var attempt) && attempt.Until == oldest.Until)
            {
                _attempts.Remove(oldest.Id);
            }
        }

        return _attempts.TryGetValue(id, out var found) && found.Messages.TrueForAll(IsUntouched) ? found.Messages : null;
    }

    public void Remember(string id, List<Received> messages, long now)
    {
        _attempts[id] = (now + Window, messages);
        _order.Enqueue((now + Window, id));
    }

    /// <summary>What is remembered, the oldest first.</summary>
    public IEnumerable<(string Id, long Until, List<Received> Messages)> Remembered() =>
        _attempts.Select(attempt => (attempt.Key, attempt.Value.Until, attempt.Value.Messages)).OrderBy(attempt => attempt.Until);

    private static bool IsUntouched(Received received) =>
        received.Message is { State: MessageState.InFlight, VisibilityChanged: false } message && message.ReceiveCount == received.ReceiveCount;
}
