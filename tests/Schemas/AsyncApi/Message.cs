using System.Text.Json.Nodes;

namespace Schemas.AsyncApi;

/// <summary>AsyncAPI's Message Object of a contract: the message attributes are its headers, the envelope with the data its payload.</summary>
internal static class Message
{
    public static JsonObject ToJson(Contract contract)
    {
        var headers = new JsonObject { [Contract.TypeAttribute] = Constant(contract.Type) };
        foreach (var attribute in contract.AttributeNames)
            headers[attribute.Name] = new JsonObject { ["type"] = attribute.IsNumber ? "number" : "string" };

        return new()
        {
            ["name"] = contract.Type,
            ["title"] = contract.Data.Type.Name,
            ["correlationId"] = new JsonObject { ["location"] = "$message.payload#/correlationid" },
            ["headers"] = new JsonObject { ["type"] = "object", ["properties"] = headers, ["required"] = new JsonArray(Contract.TypeAttribute) },
            ["payload"] = new JsonObject
            {
                ["allOf"] = new JsonArray(
                    SystemDocument.Reference("components", "schemas", Envelope.Name),
                    new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject
                        {
                            ["type"] = Constant(contract.Type),
                            ["data"] = new JsonObject { ["$ref"] = $"./schemas/{contract.Type}.json" },
                        },
                    }),
            },
        };
    }

    private static JsonObject Constant(string value) => new() { ["type"] = "string", ["const"] = value };
}
