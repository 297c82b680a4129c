using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Resources;

/// <summary>
/// An event that somebody invokes a function with by hand. A custom resource's has a ResponseURL that belongs to a deployment long gone: the function
/// answers to this machine instead.
/// </summary>
internal static class SampleEvent
{
    public static ReadOnlyMemory<byte> ForThisMachine(ReadOnlyMemory<byte> payload, Site site)
    {
        if (payload.Span.IndexOf("\"ResponseURL\""u8) < 0)
            return payload;
        try
        {
            if (JsonNode.Parse(payload.Span) is not JsonObject sample || sample["RequestType"] is null)
                return payload;
            var (path, _) = site.CustomResources.Expect();
            sample["ResponseURL"] = $"http://{site.Functions.Api.Address}{path}";
            return Encoding.UTF8.GetBytes(sample.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return payload;
        }
    }
}
