namespace LocalCloud.Sqs.Operations;

internal static class SendMessageBatch
{
    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:SendMessage");
        var entries = BatchEntries.Read(call.Input);
        var bytes = entries.Sum(entry => OutgoingMessage.SizeOf(entry.Entry));
        if (bytes > Limits.MessageBytes)
        {
            throw SqsError.BatchTooLong(bytes);
        }

        call.Call.Carry(bytes);
        OutgoingMessage? outgoing = null;
        SendResult sent = default;
        BatchEntries.Run(
            call,
            entries,
            entry =>
            {
                outgoing = OutgoingMessage.Read(entry, queue.Settings);
                sent = queue.Send(outgoing.Message);
            },
            _ => outgoing!.Write(call.Output, sent, queue.Settings.IsFifo));
    }
}
