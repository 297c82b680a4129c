namespace LocalCloud.Kinesis.Operations;

/// <summary>IncreaseStreamRetentionPeriod and DecreaseStreamRetentionPeriod. What is past a shorter period is gone at once.</summary>
internal static class Retention
{
    public static void Increase(KinesisCall call) => Change(call, "IncreaseStreamRetentionPeriod", (now, asked) => asked >= now, "shorter");

    public static void Decrease(KinesisCall call) => Change(call, "DecreaseStreamRetentionPeriod", (now, asked) => asked <= now, "longer");

    private static void Change(KinesisCall call, string action, Func<int, int, bool> allowed, string wrong)
    {
        var stream = call.Stream(action);
        var hours = call.Input.Number("RetentionPeriodHours", int.MinValue, int.MaxValue) ?? throw Http.JsonInput.Missing("RetentionPeriodHours");
        if (hours is < KinesisStream.ShortestRetention or > KinesisStream.LongestRetention)
        {
            throw KinesisError.InvalidArgument($"A retention period has {KinesisStream.ShortestRetention} to {KinesisStream.LongestRetention} hours, not {hours}.");
        }

        if (!allowed(stream.RetentionHours, hours))
        {
            throw KinesisError.InvalidArgument($"Requested retention period ({hours} hours) for stream {stream.Name} can not be {wrong} than existing retention period ({stream.RetentionHours} hours).");
        }

        stream.RetentionHours = hours;
    }
}
