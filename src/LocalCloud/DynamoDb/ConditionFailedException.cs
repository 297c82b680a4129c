using LocalCloud.DynamoDb.Values;
using LocalCloud.Http;

namespace LocalCloud.DynamoDb;

/// <summary>A condition did not hold.</summary>
/// <param name="item">The item as it is, if the caller asked for it.</param>
internal sealed class ConditionFailedException(MapValue? item)
    : ServiceException(Name, "The conditional request failed", "com.amazonaws.dynamodb.v20120810#" + Name)
{
    private const string Name = "ConditionalCheckFailedException";

    public MapValue? Item => item;
}
