using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Resolving;

/// <summary>The text that CloudFormation makes of a value: strings as they are, <c>true</c> and <c>12</c> as written, objects as JSON.</summary>
internal static class Text
{
    public static string Of(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
}
