using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace LocalCloud.Lambda.Calls;

/// <summary>Calls services at one endpoint, whoever stands behind it: through their public protocols, signed by one key.</summary>
internal sealed class ServiceClient(Uri endpoint, string region, AccessKey key) : IDisposable
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
    public Task<JsonObject> SqsAsync(string action, JsonObject input, CancellationToken cancellationToken) =>
        JsonAsync("sqs", $"AmazonSQS.{action}", "1.0", input, cancellationToken);

    /// <summary>AWS JSON 1.1, as KMS speaks it.</summary>
    /// <exception cref="ServiceError">The service refused, or cannot be reached.</exception>
    public Task<JsonObject> KmsAsync(string action, JsonObject input, CancellationToken cancellationToken) =>
        JsonAsync("kms", $"TrentService.{action}", "1.1", input, cancellationToken);

    /// <summary>AWS JSON 1.0, as DynamoDB speaks it.</summary>
    /// <exception cref="ServiceError">The service refused, or cannot be reached.</exception>
    public Task<JsonObject> DynamoDbAsync(string action, JsonObject input, CancellationToken cancellationToken) =>
        JsonAsync("dynamodb", $"DynamoDB_20120810.{action}", "1.0", input, cancellationToken);

    /// <summary>AWS Query, as SNS speaks it.</summary>
    /// <exception cref="ServiceError">The service refused, or cannot be reached.</exception>
    public Task<XElement> SnsAsync(string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellationToken) =>
        QueryAsync("sns", "2010-03-31", action, parameters, cancellationToken);

    /// <summary>AWS Query, as IAM speaks it.</summary>
    /// <exception cref="ServiceError">The service refused, or cannot be reached.</exception>
    public Task<XElement> IamAsync(string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellationToken) =>
        QueryAsync("iam", "2010-05-08", action, parameters, cancellationToken);

    /// <summary>AWS Query, as STS speaks it.</summary>
    /// <exception cref="ServiceError">The service refused, or cannot be reached.</exception>
    public Task<XElement> StsAsync(string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellationToken) =>
        QueryAsync("sts", "2011-06-15", action, parameters, cancellationToken);

    /// <summary>A REST request, as S3 takes it.</summary>
    /// <param name="method">Such as PUT.</param>
    /// <param name="path">With a slash in front, and a query if there is one.</param>
    /// <param name="content">The body, empty for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ServiceError">The service refused, or cannot be reached.</exception>
    public async Task S3Async(HttpMethod method, string path, string content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(endpoint, path));
        var (ok, body) = await SendAsync(request, "s3", content, "application/xml", cancellationToken);
        if (ok)
            return;
        var error = Xml(body);
        throw new ServiceError(error?.Element("Code")?.Value ?? "UnexpectedAnswer", error?.Element("Message")?.Value ?? Start(body));
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> JsonAsync(string service, string target, string version, JsonObject input, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Headers.Add("X-Amz-Target", target);
        var (ok, body) = await SendAsync(request, service, input.ToJsonString(), $"application/x-amz-json-{version}", cancellationToken);
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

    private async Task<XElement> QueryAsync(
        string service, string version, string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        var form = string.Join('&', parameters.Prepend(("Version", version)).Prepend(("Action", action))
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Item1)}={Uri.EscapeDataString(parameter.Item2)}"));
        var (ok, body) = await SendAsync(request, service, form, "application/x-www-form-urlencoded", cancellationToken);
        var answer = Xml(body);
        if (ok && answer is not null)
            return answer;
        var error = answer?.Descendants("Error").FirstOrDefault();
        throw new ServiceError(error?.Element("Code")?.Value ?? "UnexpectedAnswer", error?.Element("Message")?.Value ?? Start(body));
    }

    private async Task<(bool Ok, byte[] Body)> SendAsync(
        HttpRequestMessage request, string service, string content, string contentType, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(content);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        Signature.Add(request, body, service, region, key);
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

    private static XElement? Xml(byte[] body)
    {
        try
        {
            return body.Length == 0 ? null : WithoutNamespaces(XElement.Parse(Encoding.UTF8.GetString(body)));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XElement WithoutNamespaces(XElement element) =>
        new(element.Name.LocalName, element.Nodes().Select(node => node is XElement child ? WithoutNamespaces(child) : node));
}
