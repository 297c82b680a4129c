namespace LocalCloud.Sqs.Operations;

internal static class CancelMessageMoveTask
{
    public static void Run(SqsCall call) =>
        call.Output.WriteNumber("ApproximateNumberOfMessagesMoved"u8, call.Sqs.MoveTasks.Cancel(call.Input.Required("TaskHandle")).Moved);
}
