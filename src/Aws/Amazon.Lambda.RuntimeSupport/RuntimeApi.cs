using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Aws.Http;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Lambda Runtime API, 2018-06-01.</summary>
internal sealed class RuntimeApi(HttpClient http, string host, TimeProvider time)
{
    // Lambda's limit is 6 MB.
    private const int MaxEventSize = 16 * 1024 * 1024;
    private static readonly MediaTypeHeaderValue _json = new("application/json");
    private static readonly MediaTypeHeaderValue _errorJson = new("application/vnd.aws.lambda.error+json");
    private readonly string _runtime = $"http://{host}/2018-06-01/runtime/";

    /// <summary>Waits for the next event, however long it takes.</summary>
    public async Task<InvocationRequest> NextAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _runtime + "invocation/next");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new HttpRequestException($"The Lambda Runtime API at {host} answered {(int)response.StatusCode} when asked for the next event.");
        var id = Header(response, "Lambda-Runtime-Aws-Request-Id");
        if (id.Length == 0)
            throw new HttpRequestException($"The Lambda Runtime API at {host} handed out an event without Lambda-Runtime-Aws-Request-Id.");
        _ = long.TryParse(Header(response, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out var deadline);
        var trace = Header(response, "Lambda-Runtime-Trace-Id");
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", trace.Length == 0 ? null : trace);
        var body = await BoundedBody.ReadAsync(response.Content, MaxEventSize, cancellation);
        return new InvocationRequest(body, new LambdaContext(id, Header(response, "Lambda-Runtime-Invoked-Function-Arn"), deadline, time));
    }

    /// <summary>Answers an event; false when the answer is larger than Lambda takes.</summary>
    public async Task<bool> RespondAsync(string id, Stream output, CancellationToken cancellation)
    {
        using var content = new StreamContent(output);
        content.Headers.ContentType = _json;
        var status = await PostAsync($"invocation/{Uri.EscapeDataString(id)}/response", content, null, cancellation);
        return status != HttpStatusCode.RequestEntityTooLarge;
    }

    /// <summary>Reports that the handler failed.</summary>
    public Task ReportErrorAsync(string id, byte[] error, string errorType, CancellationToken cancellation) =>
        ReportAsync($"invocation/{Uri.EscapeDataString(id)}/error", error, errorType, cancellation);

    /// <summary>Reports that the function cannot start.</summary>
    public Task ReportInitErrorAsync(byte[] error, string errorType, CancellationToken cancellation) =>
        ReportAsync("init/error", error, errorType, cancellation);

    private async Task ReportAsync(string path, byte[] error, string errorType, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(error);
        content.Headers.ContentType = _errorJson;
        await PostAsync(path, content, errorType, cancellation);
    }

    private async Task<HttpStatusCode> PostAsync(string path, HttpContent content, string? errorType, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _runtime + path) { Content = content };
        if (errorType is not null)
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        using var response = await http.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.RequestEntityTooLarge)
            throw new HttpRequestException($"The Lambda Runtime API at {host} answered {(int)response.StatusCode} to {path}.");
        return response.StatusCode;
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
}
