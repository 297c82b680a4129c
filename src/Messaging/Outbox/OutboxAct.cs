namespace Messaging.Outbox;

/// <summary>What was done to a dead letter.</summary>
public enum OutboxAct
{
    /// <summary>The relay gave up on the message.</summary>
    Parked,

    /// <summary>Somebody read the body.</summary>
    Inspected,

    /// <summary>Somebody replaced the body.</summary>
    Edited,

    /// <summary>Somebody put the message back into the outbox.</summary>
    Replayed,

    /// <summary>Somebody deleted the message. The relay does so with a second copy of one that is parked already.</summary>
    Discarded,
}
