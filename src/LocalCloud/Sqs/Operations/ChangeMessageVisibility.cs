namespace LocalCloud.Sqs.Operations;

internal static class ChangeMessageVisibility
{
    private const int Longest = 43_200;

    public static void Run(SqsCall call) => Change(call.Queue("sqs:ChangeMessageVisibility"), call.Input);

    public static void Change(Queue queue, SqsInput input)
    {
        var handle = input.Required("ReceiptHandle");
        var seconds = input.Int("VisibilityTimeout") ?? throw SqsError.Missing("VisibilityTimeout");
        if (seconds is < 0 or > Longest)
        {
            throw SqsError.InvalidValue("VisibilityTimeout", $"{seconds}", $"Must be between 0 and {Longest}, if provided.");
        }

        queue.ChangeVisibility(handle, seconds);
    }
}
