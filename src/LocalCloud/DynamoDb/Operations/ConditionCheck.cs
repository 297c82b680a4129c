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
        return new ItemWrite(table, ItemRules.CheckKey(table, input.RequiredValues("Key")), condition, before => before, ItemWrite.ShowsItemIn(input));
    }
}
