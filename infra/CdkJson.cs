using System.Text.Json;

namespace Infra;

/// <summary>Reads the context of <c>cdk.json</c>, which a CDK app ignores unless the CLI runs it.</summary>
internal static class CdkJson
{
    internal static Dictionary<string, object> Context(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var values = document.RootElement.TryGetProperty("context", out var context) ? Map(context) : [];
        // The CLI adds these two by itself, and refuses to read them from the file.
        values["aws:cdk:enable-path-metadata"] = true;
        values["aws:cdk:enable-asset-metadata"] = true;
        return values;
    }

    private static Dictionary<string, object> Map(JsonElement json) =>
        json.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value));

    private static object Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Object => Map(json),
        _ => throw new InvalidOperationException($"cdk.json has a context value of kind {json.ValueKind}. Remove it or give it a value."),
    };
}
