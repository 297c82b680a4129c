using System.Text.Json;
using LocalCloud.Templates;

namespace LocalCloud.Lambda.Queues;

/// <summary>
/// Which messages of a batch failed. With <c>ReportBatchItemFailures</c> the answer says so; an answer that cannot be understood fails them all,
/// because deleting a message that was not handled loses it. Without it, a function that returns has handled them all.
/// </summary>
internal static class BatchAnswer
{
    public static IReadOnlyCollection<string> Failed(InvocationResult result, IReadOnlyCollection<string> messageIds, bool reportsItemFailures)
    {
        if (result.Error is not null)
            return messageIds;
        return reportsItemFailures ? Reported(result.Payload, messageIds) ?? messageIds : [];
    }

    /// <summary>Null when the whole batch failed.</summary>
    private static HashSet<string>? Reported(ReadOnlyMemory<byte> payload, IReadOnlyCollection<string> messageIds)
    {
        if (payload.IsEmpty)
            return [];
        try
        {
            using var answer = JsonDocument.Parse(payload);
            if (answer.RootElement.ValueKind == JsonValueKind.Null)
                return [];
            if (answer.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            if (!answer.RootElement.TryGetProperty("batchItemFailures", out var failures) || failures.ValueKind == JsonValueKind.Null)
                return [];
            return failures.ValueKind == JsonValueKind.Array ? Identifiers(failures, messageIds) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HashSet<string>? Identifiers(JsonElement failures, IReadOnlyCollection<string> messageIds)
    {
        var failed = new HashSet<string>();
        foreach (var failure in failures.EnumerateArray())
        {
            if (failure.ValueKind != JsonValueKind.Object || !failure.TryGetProperty("itemIdentifier", out var identifier)
                || identifier.ValueKind != JsonValueKind.String || !messageIds.Contains(identifier.GetString()!))
                return null;
            failed.Add(identifier.GetString()!);
        }
        return failed;
    }
}
