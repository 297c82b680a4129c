using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Local.Invoking;

/// <summary>A Local that runs already, on this machine: invoking through it takes no start.</summary>
internal sealed class RunningLocal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // A function may take 15 minutes.
    private readonly HttpClient _http;

    private RunningLocal(HttpClient http) => _http = http;

    /// <summary>Null if none listens at the port, or something else does.</summary>
    /// <exception cref="CannotStartException">It is only starting.</exception>
    public static async Task<RunningLocal?> FindAsync(int port, CancellationToken cancellationToken)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new($"http://{LocalOptions.Address}:{port}"), Timeout = TimeSpan.FromMinutes(16) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await http.GetAsync("/local/functions", patience.Token);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                throw new CannotStartException($"Local is starting on port {port}: wait for the line that says Ready.");
            if (response.StatusCode == HttpStatusCode.OK && (await JsonAsync(response, patience.Token))?["functions"] is JsonArray)
                return new(http);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Nothing there, or nothing that speaks our language.
        }

        http.Dispose();
        return null;
    }

    /// <exception cref="CannotStartException">It refuses: there is no such function, for example.</exception>
    public async Task<Answer> InvokeAsync(string function, byte[] payload, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(payload);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await _http.PostAsync($"/local/functions/{Uri.EscapeDataString(function)}/invocations", content, cancellationToken);
            var answer = await JsonAsync(response, cancellationToken);
            return response.IsSuccessStatusCode && answer is not null
                ? new((string?)answer["payload"] ?? "", (string?)answer["error"], (string?)answer["log"] ?? "")
                : throw new CannotStartException((string?)answer?["message"] ?? $"Local answered with the status {(int)response.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            throw new CannotStartException($"Local at {_http.BaseAddress} has gone: {e.Message}", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonObject?> JsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
