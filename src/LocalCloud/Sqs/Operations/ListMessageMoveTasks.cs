namespace LocalCloud.Sqs.Operations;

internal static class ListMessageMoveTasks
{
    public static void Run(SqsCall call)
    {
        call.Demand("sqs:ListMessageMoveTasks", call.Input.Required("SourceArn"));
        var count = call.Input.Int("MaxResults") ?? 1;
        if (count is < 1 or > Limits.MoveTasks)
        {
            throw SqsError.InvalidValue("MaxResults", $"{count}", $"Must be between 1 and {Limits.MoveTasks}, if provided.");
        }

        var output = call.Output;
        var tasks = call.Sqs.MoveTasks.Of(call.Input.Required("SourceArn"));
        output.WriteStartArray("Results"u8);
        foreach (var task in tasks.Take(count))
        {
            output.WriteStartObject();
            // Only a task that can still be cancelled shows its handle.
            if (task.Status == "RUNNING")
            {
                output.WriteString("TaskHandle"u8, MoveTasks.HandleOf(task));
            }

            output.WriteString("Status"u8, task.Status);
            output.WriteString("SourceArn"u8, task.Source.Arn);
            if (task.Destination is { } destination)
            {
                output.WriteString("DestinationArn"u8, destination.Arn);
            }

            if (task.PerSecond is { } perSecond)
            {
                output.WriteNumber("MaxNumberOfMessagesPerSecond"u8, perSecond);
            }

            output.WriteNumber("ApproximateNumberOfMessagesMoved"u8, task.Moved);
            output.WriteNumber("ApproximateNumberOfMessagesToMove"u8, task.ToMove);
            if (task.FailureReason is { } reason)
            {
                output.WriteString("FailureReason"u8, reason);
            }

            output.WriteNumber("StartedTimestamp"u8, task.StartedAt);
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }
}
