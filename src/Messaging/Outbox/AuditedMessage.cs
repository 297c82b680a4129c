using Messaging.Publishing;

namespace Messaging.Outbox;

/// <summary>What the audit says about the message of an act; the hashes after an edit only.</summary>
internal sealed record AuditedMessage(string Destination, string MessageId, string Key, string Type)
{
    public string? Sha256Before { get; init; }

    public string? Sha256After { get; init; }

    public static AuditedMessage Of(OutboxDeadLetter letter) => new(letter.Destination, letter.MessageId, letter.Key, letter.Type);

    public static AuditedMessage Of(string destination, Outbound message) => new(destination, message.Id, message.Key, message.Type);
}
