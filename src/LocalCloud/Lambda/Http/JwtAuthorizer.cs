using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Lambda.Http;

/// <summary>
/// A JWT authorizer: issuer, audience, times and scopes of the token are checked as API Gateway does. Its signature is not: the issuer's keys are not on
/// this machine, so a test can make tokens of its own.
/// </summary>
internal sealed class JwtAuthorizer(string issuer, IReadOnlyList<string> audience, string header)
{
    private const int MaximumToken = 16 * 1024;

    /// <summary>A token that was looked at.</summary>
    /// <param name="Refusal">Answers instead of the function; null for a token that is good.</param>
    /// <param name="Claims">Of a good token.</param>
    /// <param name="Scopes">Of a good token.</param>
    internal sealed record Checked(Func<HttpResponse, Task>? Refusal, JsonObject? Claims, IReadOnlyList<string> Scopes);

    public Checked Check(HttpRequest request, IReadOnlyList<string> scopes, DateTimeOffset now)
    {
        var text = request.Headers[header].ToString();
        var token = text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? text["Bearer ".Length..].Trim() : text;
        if (token.Length == 0)
            return Refused(response => UnauthorizedAsync(response, "Bearer"));
        if (Claims(token) is not { } claims || !IsGood(claims, now))
            return Refused(response => UnauthorizedAsync(response, "Bearer scope=\"\" error=\"invalid_token\" error_description=\"the token is not valid here\""));
        var granted = (Text(claims, "scope") ?? Text(claims, "scp") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return scopes.Count == 0 || scopes.Any(granted.Contains)
            ? new Checked(null, claims, granted)
            : Refused(response => HttpAnswer.RefuseAsync(response, StatusCodes.Status403Forbidden, "Forbidden"));
    }

    private static Checked Refused(Func<HttpResponse, Task> refusal) => new(refusal, null, []);

    private static Task UnauthorizedAsync(HttpResponse response, string challenge)
    {
        response.Headers.WWWAuthenticate = challenge;
        return HttpAnswer.RefuseAsync(response, StatusCodes.Status401Unauthorized, "Unauthorized");
    }

    private bool IsGood(JsonObject claims, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var meant = claims["aud"] switch
        {
            JsonArray several => several.OfType<JsonValue>().Select(value => value.ToString()),
            JsonValue one => [one.ToString()],
            _ => [Text(claims, "client_id") ?? ""],
        };
        return Text(claims, "iss") == issuer && meant.Any(audience.Contains)
            && Time(claims, "exp") is { } end && end > seconds
            && !(Time(claims, "nbf") > seconds) && !(Time(claims, "iat") > seconds);
    }

    private static JsonObject? Claims(string token)
    {
        if (token.Length > MaximumToken || token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
            return null;
        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(payload), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject claims, string name) => claims[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static double? Time(JsonObject claims, string name) => claims[name] is JsonValue value && value.TryGetValue(out double seconds) ? seconds : null;
}
