namespace LocalCloud.Sqs;

/// <summary>A message as it enters a dead-letter queue.</summary>
internal static class DeadLetter
{
    /// <summary>The same message with its source noted. A standard queue's keeps the time it was sent, a FIFO queue's starts anew.</summary>
    public static Message Of(Message message, Queue source) => new()
    {
        Id = message.Id,
        Body = message.Body,
        Attributes = message.Attributes,
        TraceHeader = message.TraceHeader,
        GroupId = message.GroupId,
        DeduplicationId = message.DeduplicationId,
        SenderId = message.SenderId,
        SentAt = source.Settings.IsFifo ? source.Now : message.SentAt,
        DeadLetterSourceArn = source.Arn,
        FirstReceivedAt = message.FirstReceivedAt,
        ReceiveCount = message.ReceiveCount,
    };
}
