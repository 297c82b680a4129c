namespace LocalCloud.Sqs;

/// <summary>The order in which a queue hands its messages out. Not thread-safe: the queue's lock guards it.</summary>
internal abstract class Backlog
{
    /// <summary>Adds a message, visible or delayed.</summary>
    public abstract void Add(Message message);

    /// <summary>The message that would be handed out next, or null.</summary>
    public abstract Message? Peek();

    /// <summary>Notes that a message, the one <see cref="Peek"/> gave or one of the same receive, is in flight from now on.</summary>
    public abstract void Take(Message message);

    /// <summary>Ends a receive: what the same receive may still take, the next one may not.</summary>
    public abstract void EndReceive();

    /// <summary>Notes that a delayed or received message is visible again.</summary>
    /// <returns>Whether a message can be received now that could not before.</returns>
    public abstract bool Release(Message message, MessageState before);

    /// <summary>Forgets a message in any state.</summary>
    /// <returns>Whether another message can be received now that could not before.</returns>
    public abstract bool Remove(Message message, MessageState before);
}
