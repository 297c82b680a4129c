using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

internal static class PutItem
{
    public static void Run(DynamoDbCall call) => SingleWrite.Run(call, Read);

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
