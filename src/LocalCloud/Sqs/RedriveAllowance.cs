using System.Text.Json;

namespace LocalCloud.Sqs;

/// <summary>Which source queues may use a queue as their dead-letter queue: the RedriveAllowPolicy.</summary>
/// <param name="Permission"><c>allowAll</c>, <c>denyAll</c> or <c>byQueue</c>.</param>
/// <param name="SourceQueueArns">The sources allowed, at most ten, when the permission is <c>byQueue</c>.</param>
internal sealed record RedriveAllowance(string Permission, IReadOnlyList<string> SourceQueueArns)
{
    private const int MostSources = 10;

    public bool Allows(string sourceArn) => Permission == "allowAll" || (Permission == "byQueue" && SourceQueueArns.Contains(sourceArn));

    /// <summary>Reads the attribute's JSON; null when it is not valid.</summary>
    public static RedriveAllowance? TryParse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var permission = root.GetProperty("redrivePermission").GetString();
            string[] sources = root.TryGetProperty("sourceQueueArns", out var list) ? [.. list.EnumerateArray().Select(source => source.GetString()!)] : [];
            return permission switch
            {
                "allowAll" or "denyAll" when sources.Length == 0 => new RedriveAllowance(permission, sources),
                "byQueue" when sources.Length is > 0 and <= MostSources => new RedriveAllowance(permission, sources),
                _ => null,
            };
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
