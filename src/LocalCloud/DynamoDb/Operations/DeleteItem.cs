using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

internal static class DeleteItem
{
    public static void Run(DynamoDbCall call) => SingleWrite.Run(call, Read);

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
