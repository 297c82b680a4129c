using System.Text.Json.Serialization;

namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>An HTTP response as an HTTP API expects it of a function, payload format 2.0.</summary>
public class APIGatewayHttpApiV2ProxyResponse
{
    /// <summary>The HTTP status.</summary>
    [JsonPropertyName("statusCode")]
    public int StatusCode { get; set; }

    /// <summary>The headers.</summary>
    [JsonPropertyName("headers")]
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>The cookies to set, each as a <c>Set-Cookie</c> value.</summary>
    [JsonPropertyName("cookies")]
    public string[]? Cookies { get; set; }

    /// <summary>The body: at most 6 MB.</summary>
    [JsonPropertyName("body")]
    public string? Body { get; set; }

    /// <summary>Whether the body is base64 that the API decodes.</summary>
    [JsonPropertyName("isBase64Encoded")]
    public bool IsBase64Encoded { get; set; }
}
