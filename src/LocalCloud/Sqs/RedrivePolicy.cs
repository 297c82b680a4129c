using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalCloud.Sqs;

/// <summary>Where a message goes that was received too often.</summary>
internal sealed record RedrivePolicy(string DeadLetterTargetArn, int MaxReceiveCount)
{
    /// <summary>The attribute's JSON as SQS shows it: the count is a number, however it was given.</summary>
    public string ToJson() => new JsonObject { ["deadLetterTargetArn"] = DeadLetterTargetArn, ["maxReceiveCount"] = MaxReceiveCount }.ToJsonString();

    /// <summary>Reads the attribute's JSON; maxReceiveCount may be a number or a string.</summary>
    /// <exception cref="Http.ServiceException">It is no JSON object, a member is missing, or the count is not 1 to 1,000.</exception>
    public static RedrivePolicy Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw Invalid(json, "Redrive policy is not a valid JSON map.");
            }

            if (!root.TryGetProperty("deadLetterTargetArn", out var target) || target.ValueKind != JsonValueKind.String)
            {
                throw Invalid(json, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
            }

            if (!root.TryGetProperty("maxReceiveCount", out var count))
            {
                throw Invalid(json, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
            }

            return count.ValueKind is JsonValueKind.String or JsonValueKind.Number
                && int.TryParse(count.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times is >= 1 and <= 1000
                ? new RedrivePolicy(target.GetString()!, times)
                : throw Invalid(json, $"Invalid value for maxReceiveCount: {Http.Excerpt.Of(count.ToString())}, valid values are from 1 to 1000 both inclusive.");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw Invalid(json, "Redrive policy is not a valid JSON map.");
        }
    }

    private static Http.ServiceException Invalid(string json, string reason) => SqsError.InvalidValue("RedrivePolicy", Http.Excerpt.Of(json), reason);
}
