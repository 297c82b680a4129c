using System.Text.Json;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>What a write answers of the item.</summary>
internal static class ReturnedValues
{
    /// <summary>Whether a put or delete answers the item before it.</summary>
    /// <exception cref="Http.ServiceException">They answer nothing else.</exception>
    public static bool OldIn(DynamoDbInput input) => input.OneOf("ReturnValues", "ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW") switch
    {
        null or "NONE" => false,
        "ALL_OLD" => true,
        _ => throw DynamoDbError.Validation("ReturnValues can only be ALL_OLD or NONE"),
    };

    public static void Write(Utf8JsonWriter output, MapValue? attributes)
    {
        if (attributes is not null)
        {
            output.WritePropertyName("Attributes"u8);
            attributes.WriteContent(output);
        }
    }
}
