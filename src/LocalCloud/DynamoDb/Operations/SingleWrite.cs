namespace LocalCloud.DynamoDb.Operations;

/// <summary>What PutItem and DeleteItem share: one item is written, and the old one returned if it is asked for.</summary>
internal static class SingleWrite
{
    public static void Run(DynamoDbCall call, Func<DynamoDbCall, DynamoDbInput, ItemWrite> read)
    {
        var returns = ReturnedValues.OldIn(call.Input);
        var capacity = new CapacityReport(call.Input);
        var write = read(call, call.Input);
        write.Apply(write.After(), call.Database.Now, capacity);
        ReturnedValues.Write(call.Output, returns ? write.Before : null);
        capacity.WriteOne(call.Output);
    }
}
