using System.Text.Json;
using System.Text.Json.Nodes;

namespace Schemas.Comparing;

/// <summary>
/// Finds what changed between two versions of a schema, and whether it breaks anybody. Two things must stay true: who knows the old schema can read what is
/// sent from now on, and who knows the new one can read what is still on its way. So anything but a new optional member breaks somebody.
/// </summary>
internal sealed partial class SchemaComparison
{
    private readonly List<Change> _changes = [];
    private readonly HashSet<(JsonNode, JsonNode)> _seen = [];

    /// <summary>The differences, in the order of the schema.</summary>
    public static IReadOnlyList<Change> Between(JsonObject before, JsonObject after)
    {
        var comparison = new SchemaComparison();
        comparison.Compare("$", SchemaNode.Root(before), SchemaNode.Root(after));
        return comparison._changes;
    }

    private void Compare(string place, SchemaNode before, SchemaNode after)
    {
        // What several members refer to is told once; a record may contain itself.
        if (!_seen.Add((before.Target, after.Target)))
        {
            CompareTheRest(place, before.Beside, after.Beside, []);
            return;
        }

        if (before.Keywords is null || after.Keywords is null)
        {
            if (!JsonNode.DeepEquals(before.Target, after.Target))
                Break(place, $"was {Short(before.Target)} and is {Short(after.Target)}");
            return;
        }

        CompareTypes(place, before.Keywords, after.Keywords);
        CompareValues(place, before.Keywords, after.Keywords);
        CompareMembers(place, before, after);
        CompareInside(place, "items", "[]", before, after);
        CompareInside(place, "additionalProperties", ".*", before, after);
        foreach (var keyword in (string[])["anyOf", "oneOf", "allOf"])
            CompareAlternatives(place, keyword, before, after);
        CompareTheRest(place, before.Keywords, after.Keywords, s_compared);
    }

    private void CompareMembers(string place, SchemaNode before, SchemaNode after)
    {
        var (wereRequired, areRequired) = (Names(before.Keywords!["required"]), Names(after.Keywords!["required"]));
        foreach (var name in Members(before))
        {
            var inside = $"{place}.{name}";
            if (after.Inside("properties", name) is not { } now)
            {
                Break(inside, "was removed");
                continue;
            }

            if (wereRequired.Contains(name) && !areRequired.Contains(name))
                Break(inside, "was always there and may be missing now");
            if (!wereRequired.Contains(name) && areRequired.Contains(name))
                Break(inside, "is required now, and may be missing in messages on their way");
            Compare(inside, before.Inside("properties", name)!, now);
        }

        var isClosed = before.Keywords["additionalProperties"] is JsonValue closed && closed.GetValueKind() == JsonValueKind.False;
        foreach (var name in Members(after).Except(Members(before), StringComparer.Ordinal))
        {
            if (areRequired.Contains(name))
                Break($"{place}.{name}", "is new and required, and missing in messages on their way");
            else if (isClosed)
                Break($"{place}.{name}", "is new where no other members were allowed");
            else
                _changes.Add(new($"{place}.{name}", "is new and optional", Breaks: false));
        }
    }

    private void CompareInside(string place, string keyword, string step, SchemaNode before, SchemaNode after)
    {
        if (before.Inside(keyword) is { } was && after.Inside(keyword) is { } now)
            Compare(place + step, was, now);
        else
            CompareWhole(place, keyword, before.Keywords!, after.Keywords!);
    }

    private void CompareAlternatives(string place, string keyword, SchemaNode before, SchemaNode after)
    {
        var (was, now) = (before.Each(keyword), after.Each(keyword));
        if (was.Count != now.Count)
            Break(place, $"had {was.Count} alternatives and has {now.Count}");
        else
            foreach (var (one, other) in was.Zip(now))
                Compare(place, one, other);
    }

    private void Break(string place, string what) => _changes.Add(new(place, what, Breaks: true));

    private static IEnumerable<string> Members(SchemaNode schema) => (schema.Keywords!["properties"] as JsonObject)?.Select(p => p.Key) ?? [];
}
