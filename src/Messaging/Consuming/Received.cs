using Messaging.Envelope;

namespace Messaging.Consuming;

/// <summary>A message as a consumer sees it.</summary>
/// <typeparam name="T">The record that carries the data.</typeparam>
/// <param name="Event">Its attributes.</param>
/// <param name="Data">Its data, all required members present.</param>
/// <param name="ReceiveCount">How often the queue has handed it out, this time included.</param>
public sealed record Received<T>(CloudEvent Event, T Data, int ReceiveCount);

/// <summary>Handles one message.</summary>
/// <typeparam name="T">The record that carries the data.</typeparam>
/// <param name="message">The message.</param>
/// <param name="cancellationToken">Cancelled when the time for the batch is nearly over.</param>
/// <returns>What becomes of the message. An exception is a <see cref="Verdict.Retry"/>.</returns>
public delegate Task<Verdict> MessageHandler<T>(Received<T> message, CancellationToken cancellationToken);
