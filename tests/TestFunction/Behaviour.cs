using System.Collections;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TestFunction;

/// <summary>Does what the event says: <c>{"do":"fail"}</c>, or the body of an HTTP request, or of each SQS message; anything else is echoed.</summary>
internal static class Behaviour
{
    public static async Task<(byte[] Body, bool Failed)> AnswerAsync(byte[] payload, HttpResponseHeaders headers)
    {
        var node = JsonNode.Parse(payload) as JsonObject;
        if (node?["Records"] is JsonArray records)
            return Batch(records);
        if (node?["ResponseURL"] is { } url)
            return await CustomResource.AnswerAsync(node, new Uri(url.GetValue<string>()));
        if (node?["requestContext"] is not null && node["body"]?.GetValue<string>() is ['{', ..] body)
            node = JsonNode.Parse(body) as JsonObject;
        switch (node?["do"]?.GetValue<string>())
        {
            case "fail":
                return (Encoding.UTF8.GetBytes("""{"errorType":"Broken","errorMessage":"as told"}"""), true);
            case "die":
                Process.GetCurrentProcess().Kill();
                break;
            case "wait":
                while (!File.Exists(node["for"]!.GetValue<string>()))
                    await Task.Delay(10);
                break;
            case "hang":
                await Task.Delay(Timeout.Infinite);
                break;
            case "environment":
                return (Object(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => ((string)entry.Key, (string?)entry.Value))), false);
            case "headers":
                return (Object(headers.Select(header => (header.Key, (string?)header.Value.Single()))), false);
            case "pid":
                return (Encoding.UTF8.GetBytes($"{Environment.ProcessId}"), false);
            case "large":
                return (new byte[(6 * 1024 * 1024) + 1], false);
            case "print":
                Console.WriteLine("on stdout");
                await Console.Error.WriteLineAsync("on stderr");
                break;
            case "answer":
                return (Encoding.UTF8.GetBytes(node["with"]!.GetValue<string>()), false);
        }
        return (payload, false);
    }

    /// <summary>A message's body is what to do with it: <c>fail</c>, <c>die-once</c>, or <c>answer …</c> for the batch's whole answer.</summary>
    private static (byte[] Body, bool Failed) Batch(JsonArray records)
    {
        var failed = new JsonArray();
        foreach (var record in records)
        {
            var body = record!["body"]!.GetValue<string>();
            if (body.StartsWith("answer ", StringComparison.Ordinal))
                return (Encoding.UTF8.GetBytes(body["answer ".Length..]), false);
            if (body.StartsWith("wait ", StringComparison.Ordinal))
                SpinWait.SpinUntil(() => File.Exists(body["wait ".Length..]));
            if (body == "throw")
                return (Encoding.UTF8.GetBytes("""{"errorType":"Broken","errorMessage":"as told"}"""), true);
            if (body == "die-once" && record["attributes"]!["ApproximateReceiveCount"]!.GetValue<string>() == "1")
                Process.GetCurrentProcess().Kill();
            if (body == "fail" || body.StartsWith("fail ", StringComparison.Ordinal))
                failed.Add((JsonNode)new JsonObject { ["itemIdentifier"] = record["messageId"]!.GetValue<string>() });
        }
        return (Encoding.UTF8.GetBytes(new JsonObject { ["batchItemFailures"] = failed }.ToJsonString()), false);
    }

    private static byte[] Object(IEnumerable<(string Name, string? Value)> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }
}
