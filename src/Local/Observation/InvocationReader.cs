using System.Text.Json;
using LocalCloud.Templates;

namespace Local.Observation;

/// <summary>Finds the bookings in what a function was called with: in the path of a request, in the envelopes of messages.</summary>
internal static class InvocationReader
{
    public static IEnumerable<(Guid Booking, TimelineEntry Entry)> Read(Invocation invocation) => invocation.Source switch
    {
        "http" => Request(invocation),
        var source when source.StartsWith("sqs:", StringComparison.Ordinal) => Messages(invocation, source["sqs:".Length..]),
        _ => [],
    };

    private static IEnumerable<(Guid Booking, TimelineEntry Entry)> Request(Invocation invocation)
    {
        using var request = Parse(invocation.Payload);
        using var response = Parse(invocation.Response);
        var routeKey = Text(request, "routeKey");
        if (routeKey is null || routeKey.StartsWith("GET ", StringComparison.Ordinal) || response is null)
            yield break;
        if (!response.RootElement.TryGetProperty("statusCode", out var status) || status.GetInt32() != 202)
            yield break;
        using var body = Parse(System.Text.Encoding.UTF8.GetBytes(Text(response, "body") ?? ""));
        if (Guid.TryParse(Text(body, "id"), out var booking))
            yield return (booking, new(invocation.StartedAt, $"accepted by {invocation.Function}", routeKey));
    }

    private static IEnumerable<(Guid Booking, TimelineEntry Entry)> Messages(Invocation invocation, string queue)
    {
        using var batch = Parse(invocation.Payload);
        if (batch is null || !batch.RootElement.TryGetProperty("Records", out var records))
            yield break;
        foreach (var record in records.EnumerateArray())
        {
            using var envelope = Parse(System.Text.Encoding.UTF8.GetBytes(record.GetProperty("body").GetString() ?? ""));
            if (!Guid.TryParse(Text(envelope, "correlationid"), out var booking))
                continue;
            var failed = invocation.Error is not null || invocation.FailedItems.Contains(record.GetProperty("messageId").GetString());
            var attempt = record.GetProperty("attributes").GetProperty("ApproximateReceiveCount").GetString();
            var outcome = failed ? "comes back" : "done";
            yield return (booking, new(
                invocation.StartedAt,
                $"{Text(envelope, "type")} → {invocation.Function}",
                $"{outcome}, receive {attempt}, from {queue}, {invocation.Duration.TotalMilliseconds:0} ms"));
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonDocument? json, string name) =>
        json is { RootElement.ValueKind: JsonValueKind.Object } && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
