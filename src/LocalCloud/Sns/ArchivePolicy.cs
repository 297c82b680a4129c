using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalCloud.Sns;

/// <summary>How long a FIFO topic keeps its messages for replay.</summary>
internal static class ArchivePolicy
{
    public const string Attribute = "ArchivePolicy";

    /// <summary>1 to 365 days; null for an empty policy, which ends archiving.</summary>
    /// <exception cref="Http.ServiceException">The JSON is no such policy.</exception>
    public static int? Days(string json)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject policy)
            {
                throw SnsError.InvalidParameter("ArchivePolicy: failed to parse JSON. It must be an object");
            }

            return policy.Count == 0 ? null
                : int.TryParse(policy["MessageRetentionPeriod"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 365 ? days
                : throw SnsError.InvalidParameter("ArchivePolicy: MessageRetentionPeriod must be 1 to 365 days");
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or InvalidOperationException)
        {
            throw SnsError.InvalidParameter("ArchivePolicy: failed to parse JSON");
        }
    }
}
