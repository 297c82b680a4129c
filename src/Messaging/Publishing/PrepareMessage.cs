namespace Messaging.Publishing;

/// <summary>
/// Makes a message ready for its way out before anybody else sees it: encrypts it, and puts what is too large elsewhere. It runs before the message is
/// written to the outbox, so what cannot be prepared fails the caller and not the relay.
/// </summary>
/// <param name="message">As its contract wrote it.</param>
/// <param name="cancellationToken">Cancels the calls that it takes.</param>
/// <returns>What is sent, with the same id, type, key and destinations.</returns>
public delegate ValueTask<OutgoingMessage> PrepareMessage(OutgoingMessage message, CancellationToken cancellationToken);
