namespace LocalCloud.Persistence.Queues;

/// <summary>A receive by attempt id; its messages by their keys.</summary>
internal sealed record AttemptImage(long Until, IReadOnlyList<(long Key, string Handle, int ReceiveCount, long FirstReceivedAt)> Messages);
