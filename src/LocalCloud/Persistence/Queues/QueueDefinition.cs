using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Queues;

/// <summary>A queue without its messages.</summary>
internal sealed record QueueDefinition(string Name, long CreatedAt, long LastModifiedAt, QueueSettings Settings, Dictionary<string, string> Tags);
