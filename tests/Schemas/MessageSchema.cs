using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Schemas;

/// <summary>
/// What the data of a message looks like, from the same metadata that reads and writes it. Members that it does not name are allowed: a later version may
/// add some.
/// </summary>
internal static class MessageSchema
{
    private static readonly Descriptions s_descriptions = Descriptions.Of(typeof(Contract).Assembly);

    private static readonly JsonSchemaExporterOptions s_options = new()
    {
        // The data itself is never null; its members say it of themselves.
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    /// <summary>The schema, in the part of JSON Schema that draft 7, which AsyncAPI takes, has in common with later ones.</summary>
    public static JsonObject Of(Contract contract)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["$id"] = $"urn:message:{contract.Type}",
            ["title"] = contract.Data.Type.Name,
        };
        foreach (var (keyword, value) in contract.Data.GetJsonSchemaAsNode(s_options).AsObject())
            schema[keyword] = value?.DeepClone();
        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var description = context.PropertyInfo is { } property
            ? property.AttributeProvider is MemberInfo member ? s_descriptions.Of(member) : null
            : s_descriptions.Of(context.TypeInfo.Type);
        if (node is JsonObject schema && description is not null)
            schema.Insert(0, "description", description);
        return node;
    }
}
