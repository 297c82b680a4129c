using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace LocalCloud.Lambda.Http;

/// <summary>The event of a request, payload format 2.0.</summary>
internal static class HttpEvent
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(
        HttpContext context, HttpCall call, ReadOnlySpan<byte> body, DateTimeOffset time)
    {
        var request = context.Request;
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Plain);
        writer.WriteStartObject();
        writer.WriteString("version", "2.0");
        writer.WriteString("routeKey", call.Route.Key.Text);
        writer.WriteString("rawPath", Path(request));
        writer.WriteString("rawQueryString", request.QueryString.Value?.TrimStart('?'));
        Cookies(writer, request);
        Headers(writer, context);
        Query(writer, request);
        Context(writer, context, call, time);
        Members(writer, "pathParameters", call.Parameters);
        Body(writer, request, body);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Decoded; never empty, even at the root of where the API is mounted.</summary>
    public static string Path(HttpRequest request) => request.Path.Value is { Length: > 0 } path ? path : "/";

    private static void Cookies(Utf8JsonWriter writer, HttpRequest request)
    {
        if (request.Headers.Cookie.Count == 0)
            return;
        writer.WriteStartArray("cookies");
        const StringSplitOptions Neatly = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var cookie in request.Headers.Cookie.SelectMany(line => (line ?? "").Split(';', Neatly)))
            writer.WriteStringValue(cookie);
        writer.WriteEndArray();
    }

    private static void Headers(Utf8JsonWriter writer, HttpContext context)
    {
        var request = context.Request;
        var headers = request.Headers
            .Where(header => !header.Key.StartsWith(':') && !header.Key.Equals("cookie", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value.ToArray()));
        headers["x-forwarded-for"] = headers.TryGetValue("x-forwarded-for", out var before) ? $"{before}, {SourceIp(context)}" : SourceIp(context);
        headers.TryAdd("x-forwarded-proto", request.Scheme);
        headers.TryAdd("x-forwarded-port", (request.Host.Port ?? 80).ToString(CultureInfo.InvariantCulture));
        Members(writer, "headers", headers);
    }

    private static void Query(Utf8JsonWriter writer, HttpRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        Members(writer, "queryStringParameters", query.ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value.ToArray())));
    }

    private static void Context(Utf8JsonWriter writer, HttpContext context, HttpCall call, DateTimeOffset time)
    {
        var request = context.Request;
        writer.WriteStartObject("requestContext");
        writer.WriteString("accountId", call.Api.AccountId);
        writer.WriteString("apiId", call.Api.Id);
        Authorizer(writer, call);
        writer.WriteString("domainName", request.Host.Host);
        writer.WriteString("domainPrefix", request.Host.Host.Split('.')[0]);
        writer.WriteStartObject("http");
        writer.WriteString("method", request.Method);
        writer.WriteString("path", Path(request));
        writer.WriteString("protocol", request.Protocol);
        writer.WriteString("sourceIp", SourceIp(context));
        writer.WriteString("userAgent", request.Headers.UserAgent.ToString());
        writer.WriteEndObject();
        writer.WriteString("requestId", Guid.NewGuid());
        writer.WriteString("routeKey", call.Route.Key.Text);
        writer.WriteString("stage", call.Stage);
        writer.WriteString("time", time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture));
        writer.WriteNumber("timeEpoch", time.ToUnixTimeMilliseconds());
        writer.WriteEndObject();
    }

    private static void Authorizer(Utf8JsonWriter writer, HttpCall call)
    {
        if (call.Claims is not { } claims)
            return;
        writer.WriteStartObject("authorizer");
        writer.WriteStartObject("jwt");
        writer.WriteStartObject("claims");
        foreach (var (name, value) in claims)
            writer.WriteString(name, value switch { JsonArray several => $"[{string.Join(' ', several)}]", null => "", _ => value.ToString() });
        writer.WriteEndObject();
        if (call.Route.Scopes.Count == 0)
        {
            writer.WriteNull("scopes");
        }
        else
        {
            writer.WriteStartArray("scopes");
            foreach (var scope in call.Scopes)
                writer.WriteStringValue(scope);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Body(Utf8JsonWriter writer, HttpRequest request, ReadOnlySpan<byte> body)
    {
        var isText = IsText(request.ContentType);
        if (body.Length > 0 && isText)
            writer.WriteString("body", Encoding.UTF8.GetString(body));
        else if (body.Length > 0)
            writer.WriteBase64String("body", body);
        writer.WriteBoolean("isBase64Encoded", body.Length > 0 && !isText);
    }

    /// <summary>What API Gateway hands over as text; everything else is base64.</summary>
    private static bool IsText(string? contentType)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        return type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/xml" or "application/javascript"
            || type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal);
    }

    private static string SourceIp(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1";

    /// <summary>Left out when there are none, as API Gateway does.</summary>
    private static void Members(Utf8JsonWriter writer, string name, Dictionary<string, string> members)
    {
        if (members.Count == 0)
            return;
        writer.WriteStartObject(name);
        foreach (var (key, value) in members)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }
}
