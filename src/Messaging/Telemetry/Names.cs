namespace Messaging.Telemetry;

/// <summary>Names of attributes, and those of their values that never change.</summary>
internal static class Names
{
    public const string System = "messaging.system";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string Destination = "messaging.destination.name";
    public const string ConsumerGroup = "messaging.consumer.group.name";
    public const string MessageId = "messaging.message.id";
    public const string ConversationId = "messaging.message.conversation_id";
    public const string EventId = "cloudevents.event_id";
    public const string EventSource = "cloudevents.event_source";
    public const string EventType = "cloudevents.event_type";
    public const string ErrorType = "error.type";

    public const string Verdict = "consumer.verdict";
    public const string Reason = "consumer.verdict.reason";
    public const string Attempts = "consumer.message.attempts";
    public const string Cause = "request.drop.cause";
    public const string Duplicate = "consumer.message.duplicate";

    public const string Sqs = "aws_sqs";
    public const string Process = "process";

    /// <summary>A type that has no route or could not be read: senders must not be able to add time series.</summary>
    public const string Other = "_OTHER";
}
