namespace LocalCloud.DynamoDb;

/// <summary>What requests said before there were expressions.</summary>
internal static class LegacyParameters
{
    private static readonly (string Old, string New)[] Replaced =
    [
        ("Expected", "ConditionExpression"), ("AttributeUpdates", "UpdateExpression"), ("KeyConditions", "KeyConditionExpression"),
        ("QueryFilter", "FilterExpression"), ("ScanFilter", "FilterExpression"), ("AttributesToGet", "ProjectionExpression"), ("ConditionalOperator", "ConditionExpression"),
    ];

    /// <exception cref="Http.ServiceException">One of them is used.</exception>
    public static void Refuse(DynamoDbInput input)
    {
        foreach (var (old, expression) in Replaced)
        {
            if (input.Has(old))
            {
                throw DynamoDbError.Validation($"LocalCloud does not take the legacy parameter {old}: use {expression}.");
            }
        }
    }
}
