namespace Messaging.Outbox;

/// <summary>One act on a dead letter.</summary>
/// <param name="Id">Tells entries of one moment apart.</param>
/// <param name="At">The database's time.</param>
/// <param name="Actor">Who did it: <c>relay</c> where the message was parked.</param>
/// <param name="Act">What was done.</param>
/// <param name="Destination">The logical name of the topic or queue.</param>
/// <param name="MessageId">The envelope's id.</param>
/// <param name="Key">The message's key.</param>
/// <param name="Type">The envelope's type.</param>
/// <param name="Note">What the actor had to say; the reason where the message was parked.</param>
/// <param name="Sha256Before">After an edit: the SHA-256 of the old body as UTF-8, in lower-case hexadecimal digits.</param>
/// <param name="Sha256After">After an edit: that of the new body.</param>
public sealed record OutboxAuditEntry(
    Guid Id,
    DateTimeOffset At,
    string Actor,
    OutboxAct Act,
    string Destination,
    string MessageId,
    string Key,
    string Type,
    string? Note,
    string? Sha256Before,
    string? Sha256After);
