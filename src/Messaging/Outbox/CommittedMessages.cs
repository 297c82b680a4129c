namespace Messaging.Outbox;

/// <summary>Messages that were added to a transaction and wait to be published after its commit.</summary>
public sealed class CommittedMessages
{
    internal CommittedMessages(IReadOnlyList<OutboxRow> rows, long addedAt)
    {
        Rows = rows;
        AddedAt = addedAt;
    }

    internal static CommittedMessages None { get; } = new([], 0);

    internal IReadOnlyList<OutboxRow> Rows { get; }

    /// <summary>A timestamp of the writer's clock.</summary>
    internal long AddedAt { get; }
}
