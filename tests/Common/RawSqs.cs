using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Tests.Common;

/// <summary>SQS calls that the clients of src/Aws do not have: only stacks and tests make them.</summary>
internal static class RawSqs
{
    /// <summary>Calls an operation over JSON 1.0 at an emulator that does not check signatures.</summary>
    public static async Task<JsonNode> CallAsync(HttpClient http, Uri endpoint, string action, JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.0")),
        };
        request.Headers.Add("X-Amz-Target", $"AmazonSQS.{action}");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await http.SendAsync(request, cancellationToken);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
    }
}
