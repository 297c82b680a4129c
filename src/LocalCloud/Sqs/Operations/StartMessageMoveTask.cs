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

        var (source, destination) = (call.Input.Required("SourceArn"), call.Input.String("DestinationArn"));
        DemandSource(call, "sqs:StartMessageMoveTask", source);
        foreach (var target in destination is not null ? [destination] : call.Sqs.FindByArn(source) is { } queue ? call.Sqs.SourcesOf(queue).Select(own => own.Arn) : [])
        {
            call.Demand("sqs:SendMessage", target);
        }

        var task = call.Sqs.MoveTasks.Start(source, destination, perSecond);
        call.Output.WriteString("TaskHandle"u8, MoveTasks.HandleOf(task));
    }

    /// <summary>Whoever moves messages must be allowed to take them out, too.</summary>
    public static void DemandSource(SqsCall call, string action, string arn)
    {
        foreach (var needed in new[] { action, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes" })
        {
            call.Demand(needed, arn);
        }
    }
}
