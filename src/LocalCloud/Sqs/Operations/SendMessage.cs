namespace LocalCloud.Sqs.Operations;

internal static class SendMessage
{
    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:SendMessage");
        var outgoing = OutgoingMessage.Read(call.Input, queue.Settings);
        call.Call.Carry(outgoing.Message.Size);
        outgoing.Write(call.Output, queue.Send(outgoing.Message), queue.Settings.IsFifo);
    }
}
