using System.Globalization;
using System.Text;
using System.Text.Json;
using LocalCloud.Templates;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Lambda.Http;

/// <summary>
/// Turns a function's answer into a response: an object with a <c>statusCode</c> says everything, any other JSON is the body of a 200.
/// What is neither, or has a wrong type, is a 500, as with API Gateway.
/// </summary>
internal static class HttpAnswer
{
    private static readonly HashSet<string> OwnHeaders = new(["content-length", "transfer-encoding", "connection", "keep-alive"], StringComparer.OrdinalIgnoreCase);

    /// <param name="response">What is answered.</param>
    /// <param name="result">What the function answered.</param>
    /// <param name="keepsCors">Whether the function speaks for itself in CORS; else the API does.</param>
    public static async Task WriteAsync(HttpResponse response, InvocationResult result, bool keepsCors = true)
    {
        if (result.Error is not null || Read(result.Payload) is not { } answer)
        {
            await RefuseAsync(response, StatusCodes.Status500InternalServerError, "Internal Server Error");
            return;
        }
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers.Where(header => !OwnHeaders.Contains(header.Name) && (keepsCors || !header.Name.StartsWith(Cors.HeaderPrefix, StringComparison.OrdinalIgnoreCase))))
            response.Headers[name] = value;
        foreach (var cookie in answer.Cookies)
            response.Headers.Append("Set-Cookie", cookie);
        if (response.ContentType is null && answer.Body.Length > 0)
            response.ContentType = answer.DefaultContentType;
        if (answer.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified || HttpMethods.IsHead(response.HttpContext.Request.Method))
            return;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body);
    }

    public static async Task RefuseAsync(HttpResponse response, int status, string message)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        await response.WriteAsync($$"""{"message":"{{message}}"}""");
    }

    private sealed record Answer(int Status, string DefaultContentType, byte[] Body)
    {
        public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
        public IReadOnlyList<string> Cookies { get; init; } = [];
    }

    private static Answer? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("statusCode", out var status))
                return Full(root, status);
            var body = root.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(root.GetString()!) : payload.ToArray();
            return new Answer(StatusCodes.Status200OK, "application/json", body);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Answer? Full(JsonElement root, JsonElement status)
    {
        var code = status.ValueKind == JsonValueKind.String ? int.Parse(status.GetString()!, CultureInfo.InvariantCulture) : status.GetInt32();
        if (code is < 200 or > 599)
            return null;
        var text = root.TryGetProperty("body", out var body) && body.ValueKind != JsonValueKind.Null ? body.GetString()! : "";
        var isBase64 = root.TryGetProperty("isBase64Encoded", out var flag) && flag.ValueKind == JsonValueKind.True;
        return new Answer(code, "text/plain;charset=utf-8", isBase64 ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text))
        {
            Headers = root.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object
                ? [.. headers.EnumerateObject().Select(header => (header.Name, header.Value.ToString()))]
                : [],
            Cookies = root.TryGetProperty("cookies", out var cookies) && cookies.ValueKind == JsonValueKind.Array
                ? [.. cookies.EnumerateArray().Select(cookie => cookie.GetString()!)]
                : [],
        };
    }
}
