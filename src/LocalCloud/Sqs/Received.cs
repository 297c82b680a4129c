namespace LocalCloud.Sqs;

/// <summary>A message as one receive saw it.</summary>
internal readonly record struct Received(Message Message, string Handle, int ReceiveCount, long FirstReceivedAt);
