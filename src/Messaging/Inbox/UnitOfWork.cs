using Messaging.Envelope;
using Messaging.Publishing;
using Npgsql;

namespace Messaging.Inbox;

/// <summary>The transaction of one message: inbox row, effects and outgoing messages commit together or not at all.</summary>
public sealed class UnitOfWork
{
    private readonly List<OutgoingMessage> _messages = [];

    internal UnitOfWork(NpgsqlTransaction transaction, CloudEvent cause)
    {
        Transaction = transaction;
        Cause = cause;
    }

    /// <summary>For the handler's own statements. The library commits it, or rolls it back.</summary>
    public NpgsqlTransaction Transaction { get; }

    /// <summary>Its connection.</summary>
    public NpgsqlConnection Connection => Transaction.Connection!;

    /// <summary>The message that is handled.</summary>
    public CloudEvent Cause { get; }

    internal IReadOnlyList<OutgoingMessage> Messages => _messages;

    /// <summary>Announces something: published after the commit, and only if there is one.</summary>
    /// <param name="message">The message.</param>
    public void Add(OutgoingMessage message) => _messages.Add(message);
}
