namespace Messaging.Outbox;

/// <summary>
/// A message that could not be published, as it was read: without its body, which may hold personal data. An act on it is not done if somebody
/// edited it, or replayed it and it was parked again, since it was read.
/// </summary>
/// <param name="Destination">The logical name of the topic or queue.</param>
/// <param name="Key">Later messages of this key to the destination wait for it.</param>
/// <param name="MessageId">The envelope's id.</param>
/// <param name="Type">The envelope's type.</param>
/// <param name="Attempts">Failed tries.</param>
/// <param name="Reason">What the last one failed for, up to 1,024 characters.</param>
/// <param name="Parked">When the relay gave up.</param>
/// <param name="Bytes">The size of the body.</param>
/// <param name="Edits">How often the body was edited.</param>
public sealed record OutboxDeadLetter(
    string Destination, string Key, string MessageId, string Type, int Attempts, string Reason, DateTimeOffset Parked, int Bytes, int Edits);
