namespace Messaging.Publishing;

/// <summary>
/// Sends messages to one destination: <see cref="Publisher.PublishAsync(string, IReadOnlyList{Outbound}, CancellationToken)"/>, or another way out of the outbox. Keeps each key's order: no message
/// is sent after an earlier one of its key failed.
/// </summary>
/// <param name="destination">The logical name.</param>
/// <param name="messages">In the order that each key's messages must keep.</param>
/// <param name="cancellationToken">Stops sending; what was not known to arrive is reported as failed.</param>
/// <returns>The messages that did not get out, or may not have: they are sent again.</returns>
public delegate Task<IReadOnlyList<PublishFailure>> PublishMessages(string destination, IReadOnlyList<Outbound> messages, CancellationToken cancellationToken);
