namespace Messaging.Outbox;

/// <summary>Messages that were added to a transaction and wait to be published after its commit.</summary>
public sealed class CommittedMessages
{
    internal CommittedMessages(IReadOnlyList<OutboxRow> own, int behind, long addedAt) => (Own, Behind, AddedAt) = (own, behind, addedAt);

    internal static CommittedMessages None { get; } = new([], 0, 0);

    /// <summary>Those that no relay touches for the time of grace.</summary>
    internal IReadOnlyList<OutboxRow> Own { get; }

    /// <summary>How many have an older one of their key in front of them: the relay publishes both, in order.</summary>
    internal int Behind { get; }

    /// <summary>A timestamp of the writer's clock.</summary>
    internal long AddedAt { get; }
}
