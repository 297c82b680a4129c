using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace LocalCloud.Lambda.Calls;

/// <summary>Calls SQS and SNS at one endpoint, whoever stands behind it: through their public protocols, signed.</summary>
internal sealed class ServiceClient(Uri endpoint, string region) : IDisposable
{
    /// <summary>Ten messages of 1 MiB whose every character is escaped.</summary>
    private const int MaximumResponse = 64 * 1024 * 1024;

    // A long poll takes 20 s; what takes a minute is not coming.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromMinutes(1),
        MaxResponseContentBufferSize = MaximumResponse,
    };

    /// <summary>AWS JSON 1.0, as SQS speaks it.</summary>
    /// <exception cref="ServiceError">The service refused, or cannot be reached.</exception>
    public async Task<JsonObject> SqsAsync(string action, JsonObject input, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Headers.Add("X-Amz-Target", $"AmazonSQS.{action}");
        var (ok, body) = await SendAsync(request, "sqs", input.ToJsonString(), "application/x-amz-json-1.0", cancellationToken);
        JsonObject? answer;
        try
        {
            answer = body.Length == 0 ? [] : JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            answer = null;
        }
        if (ok && answer is not null)
            return answer;
        var code = (answer?["__type"] as JsonValue)?.GetValue<string>() ?? "UnexpectedAnswer";
        var message = (answer?["message"] ?? answer?["Message"]) as JsonValue;
        throw new ServiceError(code[(code.LastIndexOf('#') + 1)..], message?.GetValue<string>() ?? Start(body));
    }

    /// <summary>AWS Query, as SNS speaks it.</summary>
    /// <exception cref="ServiceError">The service refused, or cannot be reached.</exception>
    public async Task<XElement> SnsAsync(string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        var form = string.Join('&', parameters.Prepend(("Version", "2010-03-31")).Prepend(("Action", action))
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Item1)}={Uri.EscapeDataString(parameter.Item2)}"));
        var (ok, body) = await SendAsync(request, "sns", form, "application/x-www-form-urlencoded", cancellationToken);
        XElement? answer;
        try
        {
            answer = WithoutNamespaces(XElement.Parse(Encoding.UTF8.GetString(body)));
        }
        catch (XmlException)
        {
            answer = null;
        }
        if (ok && answer is not null)
            return answer;
        var error = answer?.Descendants("Error").FirstOrDefault();
        throw new ServiceError(error?.Element("Code")?.Value ?? "UnexpectedAnswer", error?.Element("Message")?.Value ?? Start(body));
    }

    public void Dispose() => _http.Dispose();

    private async Task<(bool Ok, byte[] Body)> SendAsync(
        HttpRequestMessage request, string service, string content, string contentType, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(content);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        Signature.Add(request, body, service, region);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return (response.IsSuccessStatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException e)
        {
            throw new ServiceError("Unreachable", $"{endpoint} does not answer: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServiceError("Unreachable", $"{endpoint} did not answer within a minute", e);
        }
    }

    private static string Start(byte[] body) => body.Length == 0 ? "(an empty answer)" : Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 300));

    private static XElement WithoutNamespaces(XElement element) =>
        new(element.Name.LocalName, element.Nodes().Select(node => node is XElement child ? WithoutNamespaces(child) : node));
}
