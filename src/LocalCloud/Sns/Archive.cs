namespace LocalCloud.Sns;

/// <summary>The messages of a FIFO topic that can be replayed: the latest ones, for as long as the ArchivePolicy says. Guarded by the topic's lock.</summary>
internal sealed class Archive(DateTimeOffset opened)
{
    private readonly Queue<Notification> _messages = new();
    private long _bytes;

    public DateTimeOffset Opened => opened;

    /// <summary>All messages, the oldest first.</summary>
    public IReadOnlyCollection<Notification> Messages => _messages;

    public TimeSpan Retention { get; set; }

    /// <summary>The earliest moment that can be replayed from.</summary>
    public DateTimeOffset Beginning(DateTimeOffset now) => opened > now - Retention ? opened : now - Retention;

    public void Add(Notification notification)
    {
        _messages.Enqueue(notification);
        _bytes += notification.Message.Length;
        while (_messages.Count > Limits.ArchivedMessages || _bytes > Limits.ArchivedCharacters)
        {
            _bytes -= _messages.Dequeue().Message.Length;
        }
    }

    public List<Notification> Between(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        while (_messages.TryPeek(out var oldest) && oldest.At < now - Retention)
        {
            _bytes -= _messages.Dequeue().Message.Length;
        }

        return [.. _messages.Where(notification => notification.At >= from && notification.At <= to)];
    }
}
