using System.Text.Json;
using Messaging.Encryption;
using Messaging.Envelope;

namespace Messaging.Outbox;

/// <summary>The encrypted values of a message, as they stand in its JSON.</summary>
internal static class SealedValues
{
    /// <summary>In the order of the paths, and of lists on the way; the whole data where that is encrypted.</summary>
    public static IReadOnlyList<string> Of(EventEnvelope envelope)
    {
        using var data = JsonDocument.Parse(envelope.Data);
        var paths = EncryptedData.Parse(envelope.Encryption!.Members)?.Paths ?? [];
        return paths.Count == 0
            ? [data.RootElement.GetRawText()]
            : [.. paths.SelectMany(path => At(data.RootElement, path, 0)).Select(value => value.GetRawText())];
    }

    private static IEnumerable<JsonElement> At(JsonElement element, string[] path, int depth) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => At(item, path, depth)),
        _ when depth == path.Length => [element],
        JsonValueKind.Object when element.TryGetProperty(path[depth], out var next) => At(next, path, depth + 1),
        _ => [],
    };
}
