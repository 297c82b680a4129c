namespace Messaging.Publishing;

/// <summary>A message that did not get out.</summary>
/// <param name="MessageId">The envelope's id.</param>
/// <param name="Reason">What the service said, or what went wrong on the way.</param>
/// <param name="IsFinal">True where the message itself is at fault and no retry will help.</param>
/// <param name="HeldBack">True where it was not tried, because an earlier message of its key, or the destination, failed.</param>
public sealed record PublishFailure(string MessageId, string Reason, bool IsFinal, bool HeldBack);
