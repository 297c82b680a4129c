namespace LocalCloud.Sqs;

/// <summary>The answer to a send; a duplicate gets the first one's.</summary>
internal readonly record struct SendResult(Guid MessageId, ulong SequenceNumber);
