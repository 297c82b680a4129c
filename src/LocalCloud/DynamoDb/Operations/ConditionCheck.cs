using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>The part of a transaction that changes nothing.</summary>
internal static class ConditionCheck
{
    public static ItemWrite Read(DynamoDbCall call, DynamoDbInput input)
    {
        var table = call.Table("ConditionCheckItem", input);
        _ = input.Required("ConditionExpression");
        var substitutions = DynamoDbCall.Substitutions(input, "ConditionExpression");
        var condition = ItemWrite.ConditionIn(input, substitutions);
        substitutions.CheckAllUsed();
        var key = ItemRules.CheckKey(table, input.RequiredValues("Key"));
        call.Demand("ConditionCheckItem", table, key);
        return new ItemWrite(table, key, condition, before => before, ItemWrite.ShowsItemIn(input));
    }
}
