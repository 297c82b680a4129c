namespace LocalCloud.Sqs.Operations;

internal static class CancelMessageMoveTask
{
    public static void Run(SqsCall call)
    {
        var handle = call.Input.Required("TaskHandle");
        StartMessageMoveTask.DemandSource(call, "sqs:CancelMessageMoveTask", MoveTasks.SourceOf(handle));
        call.Output.WriteNumber("ApproximateNumberOfMessagesMoved"u8, call.Sqs.MoveTasks.Cancel(handle).Moved);
    }
}
