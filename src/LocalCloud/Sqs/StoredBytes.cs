namespace LocalCloud.Sqs;

/// <summary>Counts what all queues hold together, so that a runaway producer meets an error and not the end of memory.</summary>
internal sealed class StoredBytes
{
    private long _bytes;

    /// <exception cref="Http.ServiceException">All queues together hold <see cref="Limits.StoredBytes"/> or more.</exception>
    public void Add(Message message)
    {
        var size = message.Size + Limits.MessageOverheadBytes;
        if (Interlocked.Add(ref _bytes, size) > Limits.StoredBytes)
        {
            Interlocked.Add(ref _bytes, -size);
            throw SqsError.OverLimit($"The queues of LocalCloud hold {Limits.StoredBytes} bytes, the most they may. Receive or purge messages first.");
        }
    }

    /// <summary>Counts a message that another queue has just given up: it never fails, or a move would lose the message.</summary>
    public void Move(Message message) => Interlocked.Add(ref _bytes, message.Size + Limits.MessageOverheadBytes);

    public void Remove(Message message) => Interlocked.Add(ref _bytes, -(message.Size + Limits.MessageOverheadBytes));
}
