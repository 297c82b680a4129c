namespace Messaging.Telemetry;

/// <summary>Names of instruments. What listens goes by them: an instrument is published before the field that holds it is set.</summary>
internal static class InstrumentNames
{
    public const string Consumed = "messaging.client.consumed.messages";
    public const string Duration = "messaging.process.duration";
    public const string Attempts = "consumer.message.attempts";
    public const string Age = "consumer.message.age";
    public const string Lag = "consumer.message.lag";
    public const string Active = "consumer.active_messages";
    public const string Verdicts = "consumer.verdicts";
    public const string Duplicates = "consumer.duplicates";
    public const string DeadLetterFailures = "consumer.dead_letter.failures";

    public const string Published = "outbox.published.messages";
    public const string PublishFailures = "outbox.failed.messages";
    public const string OutboxParked = "outbox.parked.messages";
    public const string OutboxWaiting = "outbox.waiting.messages";
    public const string OutboxOldestAge = "outbox.oldest.age";

    public const string DroppedReplies = "request.dropped.replies";
}
