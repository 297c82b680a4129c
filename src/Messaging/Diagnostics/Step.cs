namespace Messaging.Diagnostics;

/// <summary>What lies between a request and its recorded effect, step by step. A <see cref="FailPoint"/> stands on either side of each.</summary>
#pragma warning disable CA1716 // Visual Basic reserves the word for its loops, and takes it here in brackets.
public enum Step
#pragma warning restore CA1716
{
    /// <summary>A request's command is put into its queue.</summary>
    Accept,

    /// <summary>Messages are inserted into the outbox, in the caller's transaction.</summary>
    Insert,

    /// <summary>The transaction of a handled message is committed or, for an effect outside the database, its answer remembered.</summary>
    Commit,

    /// <summary>A relay takes a lane of the outbox.</summary>
    Claim,

    /// <summary>One call hands messages to a topic or a queue.</summary>
    Publish,

    /// <summary>Published messages leave the outbox, or failed ones get a time for their next try.</summary>
    Mark,

    /// <summary>A message that cannot go on is put aside in the database: by the relay, or as one of a parked message group.</summary>
    Park,

    /// <summary>A batch of messages is read: an event under Lambda, the answer of a poll elsewhere.</summary>
    Receive,

    /// <summary>The inbox records the message, or takes its lease.</summary>
    Inbox,

    /// <summary>The handler does its work.</summary>
    Effect,

    /// <summary>Lambda is told which messages of a batch are handled.</summary>
    Acknowledge,

    /// <summary>A worker deletes handled messages from their queue.</summary>
    Delete,

    /// <summary>Old rows of the inbox are deleted.</summary>
    CleanUp,
}
