using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Schemas;
using Schemas.Comparing;

namespace Contracts.Tests;

internal enum Rank
{
    Silver,
    Gold,
}

/// <summary>Everything that a contract may be made of.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Rank">A value of few.</param>
/// <param name="Parts">Those of its own kind.</param>
/// <param name="Prices">By currency.</param>
/// <param name="Note">Nobody must write one.</param>
internal sealed record Thing(string Id, Rank Rank, IReadOnlyList<Thing> Parts, Dictionary<string, decimal> Prices, string? Note = null);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Thing))]
internal sealed partial class ThingJson : JsonSerializerContext;

public sealed class MessageSchemaTests
{
    [Fact]
    public void A_schema_says_of_every_member_what_the_serializer_enforces()
    {
        var schema = MessageSchema.Of(new Contract<Thing>("thing.made.v1", ThingJson.Default.Thing, m => m.Id, "things"));

        Assert.Equal("urn:message:thing.made.v1", (string?)schema["$id"]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """
                {
                  "id": { "type": "string" },
                  "rank": { "enum": ["Silver", "Gold"] },
                  "parts": { "type": "array", "items": { "$ref": "#" } },
                  "prices": { "type": "object", "additionalProperties": { "type": "number" } },
                  "note": { "type": ["string", "null"], "default": null }
                }
                """),
            schema["properties"]), schema.ToJsonString());
        Assert.Equal(["id", "rank", "parts", "prices"], schema["required"]!.AsArray().Select(name => (string?)name));
        Assert.Empty(SchemaComparison.Between(schema, schema));
    }

    [Fact]
    public void A_member_is_described_as_its_record_describes_it() =>
        Assert.Equal("A sentence for the guest.", (string?)MessageSchema.Of(Messages.BookingRejected)["properties"]!["reason"]!["description"]);
}
