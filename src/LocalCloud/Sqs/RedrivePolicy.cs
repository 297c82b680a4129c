using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalCloud.Sqs;

/// <summary>Where a message goes that was received too often.</summary>
internal sealed record RedrivePolicy(string DeadLetterTargetArn, int MaxReceiveCount)
{
    /// <summary>The attribute's JSON as SQS shows it: the count is a number, however it was given.</summary>
    public string ToJson() => new JsonObject { ["deadLetterTargetArn"] = DeadLetterTargetArn, ["maxReceiveCount"] = MaxReceiveCount }.ToJsonString();

    /// <summary>Reads the attribute's JSON; maxReceiveCount may be a number or a string. Null when it is not valid.</summary>
    public static RedrivePolicy? TryParse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("deadLetterTargetArn", out var target) || target.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("maxReceiveCount", out var count) || count.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            {
                return null;
            }

            return int.TryParse(count.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times is >= 1 and <= 1000
                ? new RedrivePolicy(target.GetString()!, times)
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
