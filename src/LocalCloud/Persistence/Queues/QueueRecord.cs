namespace LocalCloud.Persistence.Queues;

/// <summary>The records of SQS. The numbers are in files: add, never change.</summary>
internal enum QueueRecord : byte
{
    /// <summary>A queue with its attributes, tags and counters.</summary>
    Queue = 1,

    /// <summary>A queue is gone, and its name taken for a while; without a queue's key, only the latter.</summary>
    Deleted = 2,

    /// <summary>All messages of a queue are gone.</summary>
    Purged = 3,

    /// <summary>A whole message, and whether its deduplication id is remembered.</summary>
    Message = 4,

    /// <summary>A whole message, and which message of which queue it was before.</summary>
    Moved = 5,

    /// <summary>What a receive or a consumer changed about a message.</summary>
    Changed = 6,

    /// <summary>A message is gone.</summary>
    Removed = 7,

    /// <summary>A deduplication id.</summary>
    Remembered = 8,

    /// <summary>A receive of a FIFO queue with an attempt id.</summary>
    Attempt = 9,

    /// <summary>The last numbers that were given out.</summary>
    Counters = 10,
}
