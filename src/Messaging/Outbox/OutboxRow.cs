using Messaging.Publishing;

namespace Messaging.Outbox;

/// <summary>A committed message that waits for one destination.</summary>
/// <param name="Lane">Its destination, and its part of it.</param>
/// <param name="Created">When it was written, or the time that it is scheduled for; set by the database.</param>
/// <param name="Ordinal">The position in its transaction.</param>
/// <param name="Message">The message.</param>
/// <param name="Attempts">Failed tries so far.</param>
/// <param name="IsAvailable">False while somebody else is expected to publish it, or while it waits for its next try.</param>
internal sealed record OutboxRow(OutboxLane Lane, DateTime Created, int Ordinal, Outbound Message, int Attempts, bool IsAvailable);
