using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

internal static class DeleteItem
{
    public static void Run(DynamoDbCall call)
    {
        var returns = ReturnedValues.OldIn(call.Input);
        var capacity = new CapacityReport(call.Input);
        var write = Read(call, call.Input);
        write.Apply(write.After(), call.Database.Now, capacity);
        ReturnedValues.Write(call.Output, returns ? write.Before : null);
        capacity.WriteOne(call.Output);
    }

    public static ItemWrite Read(DynamoDbCall call, DynamoDbInput input)
    {
        var table = call.Table("DeleteItem", input);
        var substitutions = DynamoDbCall.Substitutions(input, "ConditionExpression");
        var condition = ItemWrite.ConditionIn(input, substitutions);
        substitutions.CheckAllUsed();
        var key = ItemRules.CheckKey(table, input.RequiredValues("Key"));
        call.Demand("DeleteItem", table, key);
        return new ItemWrite(table, key, condition, _ => null, ItemWrite.ShowsItemIn(input));
    }
}
