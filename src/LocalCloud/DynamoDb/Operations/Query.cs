using LocalCloud.DynamoDb.Expressions;

namespace LocalCloud.DynamoDb.Operations;

internal static class Query
{
    public static void Run(DynamoDbCall call)
    {
        var substitutions = DynamoDbCall.Substitutions(call.Input, "FilterExpression", "KeyConditionExpression", "ProjectionExpression");
        var page = new PageRequest(call, "Query", substitutions);
        var text = call.Input.Text("KeyConditionExpression")
            ?? throw DynamoDbError.Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        var condition = KeyCondition.Parse(text, page.Key, substitutions);
        substitutions.CheckAllUsed();
        call.Demand("Query", page.Arn, condition.Lower.Partition);
        page.RefuseKeysInFilter();
        page.Answer(condition.Lower, condition.Upper, call.Input.Flag("ScanIndexForward") != false);
    }
}
