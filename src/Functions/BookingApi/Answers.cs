using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.APIGatewayEvents;

namespace Functions.BookingApi;

/// <summary>HTTP answers.</summary>
internal static class Answers
{
    public static APIGatewayHttpApiV2ProxyResponse Accepted(Guid id) =>
        Answer(202, JsonSerializer.Serialize(new(id, "pending"), ApiJson.Default.AcceptedBooking), "application/json", ("Location", $"/bookings/{id}"));

    public static APIGatewayHttpApiV2ProxyResponse Accepted<T>(string location, T body, JsonTypeInfo<T> json) =>
        Answer(202, JsonSerializer.Serialize(body, json), "application/json", ("Location", location));

    public static APIGatewayHttpApiV2ProxyResponse Ok<T>(T body, JsonTypeInfo<T> json) => Answer(200, JsonSerializer.Serialize(body, json), "application/json");

    public static APIGatewayHttpApiV2ProxyResponse Problem(int status, string title, string? detail = null, IReadOnlyList<FieldError>? errors = null) =>
        Answer(status, JsonSerializer.Serialize(new(title, status, detail, errors), ApiJson.Default.Problem), "application/problem+json");

    /// <param name="detail">What the client can do.</param>
    public static APIGatewayHttpApiV2ProxyResponse Unavailable(string detail) => Answer(
        503,
        JsonSerializer.Serialize(new("The service cannot answer just now.", 503, detail), ApiJson.Default.Problem),
        "application/problem+json",
        ("Retry-After", "5"));

    public static APIGatewayHttpApiV2ProxyResponse TimedOut() => Answer(
        504,
        JsonSerializer.Serialize(new("Nobody knew the answer in time.", 504, "Ask again."), ApiJson.Default.Problem),
        "application/problem+json",
        ("Retry-After", "2"));

    public static APIGatewayHttpApiV2ProxyResponse Wrong(IReadOnlyList<FieldError> errors) =>
        Problem(400, errors.Count == 1 ? "A field is wrong." : $"{errors.Count} fields are wrong.", errors: errors);

    public static APIGatewayHttpApiV2ProxyResponse NotFound(string id) => Problem(404, "There is no such booking.", $"No booking '{(id.Length > 64 ? id[..64] : id)}' is known.");

    private static APIGatewayHttpApiV2ProxyResponse Answer(int status, string body, string contentType, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var all = new Dictionary<string, string> { ["Content-Type"] = contentType };
        foreach (var (name, value) in headers)
            all[name] = value;
        return new() { StatusCode = status, Headers = all, Body = body };
    }
}
