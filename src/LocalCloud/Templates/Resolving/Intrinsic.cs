using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Resolving;

/// <summary>An object of one member named <c>Ref</c> or <c>Fn::…</c>: a function call, not data.</summary>
internal static class Intrinsic
{
    public static bool Is(JsonNode? node, [NotNullWhen(true)] out string? function, out JsonNode? argument)
    {
        (function, argument) = (null, null);
        if (node is not JsonObject { Count: 1 } call)
            return false;
        (function, argument) = call.First();
        return function == "Ref" || function.StartsWith("Fn::", StringComparison.Ordinal);
    }

    /// <summary>The logical id and attribute of a <c>Fn::GetAtt</c>, which is written as an array or with a dot.</summary>
    public static (string LogicalId, string Attribute)? GetAtt(JsonNode? argument)
    {
        if (argument is JsonArray { Count: 2 } pair && pair[0] is JsonValue id && pair[1] is JsonValue attribute
            && id.TryGetValue(out string? logicalId) && attribute.TryGetValue(out string? name))
            return (logicalId, name);
        return argument is JsonValue text && text.TryGetValue(out string? dotted) && dotted.Split('.', 2) is [var before, var after] ? (before, after) : null;
    }
}
