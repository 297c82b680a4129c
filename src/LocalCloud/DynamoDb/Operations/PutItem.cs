using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

internal static class PutItem
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
        var table = call.Table("PutItem", input);
        var substitutions = DynamoDbCall.Substitutions(input, "ConditionExpression");
        var condition = ItemWrite.ConditionIn(input, substitutions);
        substitutions.CheckAllUsed();
        var item = ItemRules.CheckItem(table, input.RequiredValues("Item"));
        call.Demand("PutItem", table, item);
        return new ItemWrite(table, item, condition, _ => item, ItemWrite.ShowsItemIn(input));
    }
}
