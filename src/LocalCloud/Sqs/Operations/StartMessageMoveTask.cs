namespace LocalCloud.Sqs.Operations;

internal static class StartMessageMoveTask
{
    public static void Run(SqsCall call)
    {
        var perSecond = call.Input.Int("MaxNumberOfMessagesPerSecond");
        if (perSecond is < 1 or > Limits.MovedPerSecond)
        {
            throw SqsError.InvalidValue("MaxNumberOfMessagesPerSecond", $"{perSecond}", $"Must be between 1 and {Limits.MovedPerSecond}, if provided.");
        }

        var task = call.Sqs.MoveTasks.Start(call.Input.Required("SourceArn"), call.Input.String("DestinationArn"), perSecond);
        call.Output.WriteString("TaskHandle"u8, MoveTasks.HandleOf(task));
    }
}
