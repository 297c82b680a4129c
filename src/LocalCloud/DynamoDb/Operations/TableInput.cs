using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>Reads what CreateTable and UpdateTable say of a table.</summary>
internal static class TableInput
{
    public static Dictionary<string, string> Attributes(DynamoDbInput input)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in input.Structures("AttributeDefinitions") ?? [])
        {
            var name = attribute.Required("AttributeName");
            if (!attributes.TryAdd(name, attribute.OneOf("AttributeType", "B", "N", "S") ?? throw DynamoDbError.Missing("AttributeType")))
            {
                throw DynamoDbError.InvalidValue($"Duplicate AttributeName in AttributeDefinitions: {name}");
            }
        }

        return attributes;
    }

    /// <exception cref="Http.ServiceException">It is no HASH with or without a RANGE of defined attributes.</exception>
    public static KeySchema Key(DynamoDbInput input, Dictionary<string, string> attributes)
    {
        var elements = (input.Structures("KeySchema") ?? throw DynamoDbError.Missing("KeySchema"))
            .Select(element => (Name: element.Required("AttributeName"), Type: element.OneOf("KeyType", "HASH", "RANGE"))).ToList();
        if (elements.Count is 0 or > 2)
        {
            throw DynamoDbError.Constraint("KeySchema", $"[{elements.Count} elements]", "Member must have length between 1 and 2");
        }

        if (elements[0].Type != "HASH")
        {
            throw DynamoDbError.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }

        if (elements.Count == 2 && elements[1].Type != "RANGE")
        {
            throw DynamoDbError.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }

        if (elements.Count == 2 && elements[0].Name == elements[1].Name)
        {
            throw DynamoDbError.Validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }

        if (elements.Exists(element => !attributes.ContainsKey(element.Name)))
        {
            throw DynamoDbError.InvalidValue("Some index key attributes are not defined in AttributeDefinitions. "
                + $"Keys: [{string.Join(", ", elements.Select(element => element.Name))}], AttributeDefinitions: [{string.Join(", ", attributes.Keys)}]");
        }

        var keys = elements.ConvertAll(element => new KeyAttribute(element.Name, attributes[element.Name]));
        return new KeySchema(keys[0], keys.Count > 1 ? keys[1] : null);
    }

    /// <exception cref="Http.ServiceException">Units are missing, or given although the table pays per request.</exception>
    public static Throughput Throughput(DynamoDbInput input, bool paysPerRequest)
    {
        var given = input.Structure("ProvisionedThroughput");
        var read = given?.Number("ReadCapacityUnits", 1, long.MaxValue);
        var write = given?.Number("WriteCapacityUnits", 1, long.MaxValue);
        return paysPerRequest
            ? given is null ? Tables.Throughput.None
                : throw DynamoDbError.InvalidValue("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
            : read is null || write is null
                ? throw DynamoDbError.InvalidValue("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
            : new Throughput(read.Value, write.Value);
    }

    public static IndexDefinition Index(DynamoDbInput input, Dictionary<string, string> attributes, bool isGlobal, bool paysPerRequest)
    {
        var projection = input.Structure("Projection") ?? throw DynamoDbError.Missing("Projection");
        var type = projection.OneOf("ProjectionType", "ALL", "INCLUDE", "KEYS_ONLY") ?? "ALL";
        var included = projection.Texts("NonKeyAttributes");
        if (type == "INCLUDE" != included.Count > 0)
        {
            throw DynamoDbError.InvalidValue(type == "INCLUDE"
                ? "ProjectionType is INCLUDE, but NonKeyAttributes is not specified" : $"ProjectionType is {type}, but NonKeyAttributes is specified");
        }

        return new IndexDefinition(
            TableName.Check("IndexName", input.Required("IndexName")),
            Key(input, attributes),
            new IndexProjection(type, included),
            isGlobal,
            isGlobal ? Throughput(input, paysPerRequest) : Tables.Throughput.None);
    }

    /// <summary>The view type of a stream to turn on; null for one to turn off; no value where nothing is said.</summary>
    public static (bool Given, string? View) Stream(DynamoDbInput input)
    {
        if (input.Structure("StreamSpecification") is not { } stream)
        {
            return (false, null);
        }

        var view = stream.OneOf("StreamViewType", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY");
        var on = stream.Flag("StreamEnabled") ?? throw DynamoDbError.Missing("StreamEnabled");
        return on == view is not null ? (true, view) : throw DynamoDbError.InvalidValue(
            on ? "Stream StreamEnabled was true and StreamViewType was null" : "Stream StreamEnabled was false and StreamViewType was not null");
    }
}
