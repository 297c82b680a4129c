using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalCloud.Sns;

/// <summary>Which part of a FIFO topic's archive a subscription wants to get again.</summary>
/// <param name="From">The first moment.</param>
/// <param name="To">The last moment; null for now.</param>
internal sealed record ReplayPolicy(DateTimeOffset From, DateTimeOffset? To)
{
    public const string Attribute = "ReplayPolicy";

    /// <summary>Null for an empty policy, which asks for nothing.</summary>
    /// <exception cref="Http.ServiceException">The JSON is no such policy.</exception>
    public static ReplayPolicy? Parse(string json)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject policy)
            {
                throw Invalid("failed to parse JSON. It must be an object");
            }

            if (policy.Count == 0)
            {
                return null;
            }

            if (policy["PointType"]?.ToString() != "Timestamp")
            {
                throw Invalid("PointType must be Timestamp");
            }

            var read = new ReplayPolicy(Point(policy, "StartingPoint") ?? throw Invalid("StartingPoint is missing"), Point(policy, "EndingPoint"));
            return read.To < read.From ? throw Invalid("StartingPoint must be before EndingPoint") : read;
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or InvalidOperationException)
        {
            throw Invalid("failed to parse JSON");
        }
    }

    private static DateTimeOffset? Point(JsonObject policy, string name) => policy[name] is not { } point ? null
        : DateTimeOffset.TryParse(point.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : throw Invalid($"{name} must be a time such as 2026-11-21T12:00:00.000Z");

    private static Http.ServiceException Invalid(string reason) => SnsError.InvalidParameter("ReplayPolicy: " + reason);
}
