using System.Text.Json.Nodes;
using Schemas.Comparing;

namespace Contracts.Tests;

public sealed class SchemaComparisonTests
{
    private const string Before =
        """
        {
          "title": "Stay", "type": "object",
          "properties": {
            "id": { "type": "string", "format": "uuid" },
            "note": { "type": "string" },
            "rank": { "enum": ["silver", "gold"] },
            "guest": { "type": "object", "properties": { "name": { "type": "string" }, "nick": { "type": ["string", "null"] } }, "required": ["name"] },
            "nights": { "type": "array", "items": { "type": "object", "properties": { "price": { "type": "number" } }, "required": ["price"] } },
            "extras": { "type": "object", "additionalProperties": { "type": "integer" } },
            "host": { "$ref": "#/properties/guest" },
            "next": { "$ref": "#" },
            "paid": { "anyOf": [{ "type": "object", "properties": { "card": { "type": "string" } } }, { "type": "null" }] }
          },
          "required": ["id", "guest", "nights"]
        }
        """;

    /// <summary>What is edited, into what, and what is said of it.</summary>
    public static TheoryData<string, string, string> Breaking { get; } = new()
    {
        { "\"note\": { \"type\": \"string\" },", "", "$.note was removed" },
        { "\"id\": { \"type\": \"string\", \"format\": \"uuid\" },", "", "$.id was removed" },
        { "\"price\": { \"type\": \"number\" }", "", "$.nights[].price was removed" },
        { "\"card\": { \"type\": \"string\" }", "", "$.paid.card was removed" },
        { "\"number\"", "\"string\"", "$.nights[].price was number and is string" },
        { "\"number\"", "\"integer\"", "$.nights[].price was number and is integer" },
        { "\"number\"", "[\"number\", \"string\"]", "$.nights[].price was number and is number or string" },
        { "{ \"type\": \"integer\" }", "{ \"type\": \"number\" }", "$.extras.* was integer and is number" },
        { "\"note\": { \"type\": \"string\" }", "\"note\": { \"type\": \"object\" }", "$.note was string and is object" },
        { "\"note\": { \"type\": \"string\" }", "\"note\": { }", "$.note was string and is anything" },
        { "\"note\": { \"type\": \"string\" }", "\"note\": true", "$.note was {\"type\":\"string\"} and is true" },
        { "\"note\": { \"type\": \"string\" }", "\"note\": { \"type\": [\"string\", \"null\"] }", "$.note may be null now" },
        { "\"nick\": { \"type\": [\"string\", \"null\"] }", "\"nick\": { \"type\": \"string\" }", "$.guest.nick may be null no more, and is in messages on their way" },
        { "\"guest\", \"nights\"]", "\"guest\"]", "$.nights was always there and may be missing now" },
        { "\"required\": [\"name\"]", "\"required\": []", "$.guest.name was always there and may be missing now" },
        { "\"required\": [\"id\"", "\"required\": [\"note\", \"id\"", "$.note is required now, and may be missing in messages on their way" },
        { "\"required\": [\"name\"]", "\"required\": [\"name\", \"nick\"]", "$.guest.nick is required now, and may be missing in messages on their way" },
        { "{ \"price\": { \"type\": \"number\" } }, \"required\": [\"price\"]", "{ \"price\": { \"type\": \"number\" }, \"tax\": {} }, \"required\": [\"price\", \"tax\"]", "$.nights[].tax is new and required, and missing in messages on their way" },
        { "[\"silver\", \"gold\"]", "[\"silver\"]", "$.rank lost the value \"gold\", which messages on their way have" },
        { "[\"silver\", \"gold\"]", "[\"silver\", \"gold\", \"lead\"]", "$.rank got the value \"lead\", which consumers do not know" },
        { "\"enum\": [\"silver\", \"gold\"]", "", "$.rank takes any value now, and took certain ones" },
        { "\"note\": { \"type\": \"string\" }", "\"note\": { \"type\": \"string\", \"enum\": [\"a\"] }", "$.note takes only certain values now" },
        { "\"format\": \"uuid\"", "\"format\": \"date\"", "$.id had the format \"uuid\" and has \"date\"" },
        { ", \"format\": \"uuid\"", "", "$.id had the format \"uuid\" and has none" },
        { "\"note\": { \"type\": \"string\" }", "\"note\": { \"type\": \"string\", \"maxLength\": 5 }", "$.note had the maxLength none and has 5" },
        { "\"additionalProperties\": { \"type\": \"integer\" }", "\"additionalProperties\": false", "$.extras.* was {\"type\":\"integer\"} and is false" },
        { "\"title\": \"Stay\"", "\"additionalProperties\": false", "$ had the additionalProperties none and has false" },
        { ", { \"type\": \"null\" }]", "]", "$.paid had 2 alternatives and has 1" },
    };

    [Theory]
    [MemberData(nameof(Breaking))]
    public void A_change_that_breaks_a_consumer_is_told_with_its_place(string was, string now, string said)
    {
        var change = Assert.Single(Compare(was, now));

        Assert.Equal((said, true), ($"{change}", change.Breaks));
    }

    [Theory]
    [InlineData("\"note\": { \"type\": \"string\" }", "\"note\": { \"type\": \"string\" }, \"later\": { \"type\": \"string\" }", "$.later is new and optional")]
    [InlineData("\"properties\": { \"price\"", "\"properties\": { \"tax\": {}, \"price\"", "$.nights[].tax is new and optional")]
    public void A_new_optional_member_breaks_nobody(string was, string now, string said)
    {
        var change = Assert.Single(Compare(was, now));

        Assert.Equal((said, false), ($"{change}", change.Breaks));
    }

    [Theory]
    [InlineData("\"title\": \"Stay\"", "\"title\": \"Visit\", \"description\": \"A stay.\", \"$id\": \"urn:other\"")]
    [InlineData("\"note\": { \"type\": \"string\" }", "\"note\": { \"type\": \"string\", \"default\": \"none\" }")]
    [InlineData("[\"id\", \"guest\", \"nights\"]", "[\"nights\", \"id\", \"guest\"]")]
    [InlineData("[\"silver\", \"gold\"]", "[\"gold\", \"silver\"]")]
    [InlineData("[\"string\", \"null\"]", "[\"null\", \"string\"]")]
    [InlineData("{ \"$ref\": \"#/properties/guest\" }", "{ \"type\": \"object\", \"properties\": { \"name\": { \"type\": \"string\" }, \"nick\": { \"type\": [\"string\", \"null\"] } }, \"required\": [\"name\"] }")]
    [InlineData("\"title\": \"Stay\"", "\"$defs\": { \"unused\": { \"type\": \"string\" } }")]
    public void What_says_the_same_of_every_message_is_no_change(string was, string now) => Assert.Empty(Compare(was, now));

    [Fact]
    public void A_change_of_what_several_members_refer_to_is_told_once() => Assert.Equal(
        "$.guest.name was string and is integer",
        $"{Assert.Single(Compare("\"name\": { \"type\": \"string\" }", "\"name\": { \"type\": \"integer\" }"))}");

    [Fact]
    public void What_stands_beside_a_reference_counts() => Assert.Equal(
        "$.host had the minProperties none and has 1",
        $"{Assert.Single(Compare("{ \"$ref\": \"#/properties/guest\" }", "{ \"$ref\": \"#/properties/guest\", \"minProperties\": 1 }"))}");

    [Fact]
    public void References_that_lead_in_a_circle_are_an_error() => Assert.StartsWith(
        "A schema refers to itself in a circle of references",
        Assert.Throws<InvalidOperationException>(() => Compare("\"#/properties/guest\"", "\"#/properties/host\"")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_member_is_not_added_where_others_were_forbidden()
    {
        var before = JsonNode.Parse("""{"type":"object","properties":{},"additionalProperties":false}""")!.AsObject();
        var after = JsonNode.Parse("""{"type":"object","properties":{"a":{}},"additionalProperties":false}""")!.AsObject();

        Assert.Equal("$.a is new where no other members were allowed", $"{Assert.Single(SchemaComparison.Between(before, after))}");
    }

    [Fact]
    public void A_reference_to_nowhere_is_an_error_and_not_a_schema_of_anything() => Assert.Equal(
        "A schema refers to '#/properties/nobody', which is not in it.",
        Assert.Throws<InvalidOperationException>(() => Compare("#/properties/guest", "#/properties/nobody")).Message);

    private static IReadOnlyList<Change> Compare(string was, string now)
    {
        Assert.Contains(was, Before, StringComparison.Ordinal);
        return SchemaComparison.Between(JsonNode.Parse(Before)!.AsObject(), JsonNode.Parse(Before.Replace(was, now, StringComparison.Ordinal).Replace(", }", " }", StringComparison.Ordinal))!.AsObject());
    }
}
