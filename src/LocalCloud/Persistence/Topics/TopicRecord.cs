namespace LocalCloud.Persistence.Topics;

/// <summary>The records of SNS. The numbers are in files: add, never change.</summary>
internal enum TopicRecord : byte
{
    /// <summary>A topic with its attributes and tags.</summary>
    Topic = 1,

    /// <summary>A topic is gone, with its subscriptions.</summary>
    TopicDeleted = 2,

    /// <summary>A subscription with its attributes, and whether it was confirmed.</summary>
    Subscription = 3,

    /// <summary>A subscription is gone.</summary>
    Unsubscribed = 4,

    /// <summary>A deduplication id of a FIFO topic.</summary>
    Remembered = 5,

    /// <summary>A message that an HTTP endpoint is still to get.</summary>
    Pending = 6,

    /// <summary>A message that an HTTP endpoint has got, or its dead-letter queue.</summary>
    Delivered = 7,

    /// <summary>The key that messages are signed with, and its certificate.</summary>
    Key = 8,

    /// <summary>The last numbers that were given out.</summary>
    Counters = 9,

    /// <summary>A subscription is gone, but may come back while its token is good.</summary>
    Ended = 10,

    /// <summary>A message that a FIFO topic keeps for replays.</summary>
    Archived = 11,
}
