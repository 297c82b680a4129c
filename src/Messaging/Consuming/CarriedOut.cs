namespace Messaging.Consuming;

/// <summary>What carrying a verdict out has come to.</summary>
/// <param name="ReturnAfter">Null where the queue can forget the delivery, else the delay after which it comes back.</param>
/// <param name="DeathReason">Why it is a dead letter, where the dead-letter queue has it.</param>
internal readonly record struct CarriedOut(TimeSpan? ReturnAfter, string? DeathReason = null);
