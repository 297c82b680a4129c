namespace LocalCloud.Faults;

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    /// <summary>The service's own throttling error, before anything is done.</summary>
    Throttle,

    /// <summary>The service's own internal error, HTTP 500, before anything is done.</summary>
    InternalError,

    /// <summary>ServiceUnavailable, HTTP 503, before anything is done.</summary>
    Unavailable,

    /// <summary>The service does its work, then the connection breaks without an answer.</summary>
    LostResponse,

    /// <summary>The call waits for <see cref="FaultRule.Delay"/>, by default one second, before anything is done.</summary>
    Slow,

    /// <summary>Single entries of a batch of SQS or SNS fail with InternalError and SenderFault false; the rule's probability is that of each entry.</summary>
    PartialBatch,

    /// <summary>Standard queues: a message is there twice, under one message id. The second comes up to <see cref="FaultRule.Delay"/> later, even when the first was deleted.</summary>
    Duplicate,

    /// <summary>Standard queues: a message is held back for a part of <see cref="FaultRule.Delay"/>, by default one second, so that later ones overtake it.</summary>
    Reorder,
}
