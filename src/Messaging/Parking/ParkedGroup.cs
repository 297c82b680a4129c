namespace Messaging.Parking;

/// <summary>A message group that waits behind a dead letter of its own.</summary>
/// <param name="GroupId">The message group.</param>
/// <param name="Since">When it was parked, the last time.</param>
/// <param name="Reason">Why the message was dead-lettered.</param>
/// <param name="DeadMessageId">The id that SQS gave the dead letter in its own queue: its attribute <c>DeadLetterMessageId</c>.</param>
/// <param name="IsReleased">True while its messages are replayed.</param>
/// <param name="Waiting">How many messages wait, counted up to 1,000.</param>
public sealed record ParkedGroup(string GroupId, DateTimeOffset Since, string Reason, string DeadMessageId, bool IsReleased, int Waiting);
