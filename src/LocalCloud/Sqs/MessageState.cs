namespace LocalCloud.Sqs;

/// <summary>Where a message of a queue is in its life.</summary>
internal enum MessageState
{
    /// <summary>May be received, unless its group is blocked.</summary>
    Visible,

    /// <summary>Sent with a delay that has not passed.</summary>
    Delayed,

    /// <summary>Received and not yet visible again.</summary>
    InFlight,

    /// <summary>Deleted, purged, expired or moved to another queue.</summary>
    Gone,
}
