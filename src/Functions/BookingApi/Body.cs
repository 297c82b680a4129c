using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;

namespace Functions.BookingApi;

/// <summary>A request's body: bounded, of the right type, and JSON, or the answer that says why not.</summary>
internal static class Body
{
    private const int LargestBody = 64 * 1_024;

    public static (JsonElement Json, APIGatewayHttpApiV2ProxyResponse? Error) Read(APIGatewayHttpApiV2ProxyRequest request)
    {
        if (!IsJson(request.Headers?.TryGetValue("content-type", out var type) == true ? type : null))
            return (default, Answers.Problem(415, "The content type is application/json."));
        var text = request.Body ?? "";
        var size = request.IsBase64Encoded ? Base64.GetMaxDecodedFromUtf8Length(text.Length) : Encoding.UTF8.GetByteCount(text);
        if (size > LargestBody)
            return (default, Answers.Problem(413, "The body is too large.", $"A booking has at most {LargestBody} bytes."));

        try
        {
            var bytes = request.IsBase64Encoded ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);
            using var json = JsonDocument.Parse(bytes);
            return (json.RootElement.Clone(), null);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return (default, Answers.Problem(400, "The body is not JSON."));
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);
}
