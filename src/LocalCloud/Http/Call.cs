using System.Text;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Http;

/// <summary>One request with its body read, on its way to a service.</summary>
internal sealed class Call(HttpContext http, byte[] body, string requestId)
{
    public HttpContext Http { get; } = http;

    public byte[] Body { get; } = body;

    public string RequestId { get; } = requestId;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The address the client used: the host of the queue URLs it gets.</summary>
    public string BaseUrl => $"{Http.Request.Scheme}://{(Http.Request.Host.HasValue ? Http.Request.Host.Value : $"127.0.0.1:{Http.Connection.LocalPort}")}";

    /// <summary>The parameters of a Query request, from the form body or, for a GET, from the query string.</summary>
    public Form? ReadForm() =>
        Form.Parse(Body.Length > 0 ? Body : Encoding.ASCII.GetBytes(Http.Request.QueryString.Value?.TrimStart('?') ?? ""));

    public async Task AnswerAsync(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = Http.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers["x-amzn-RequestId"] = RequestId;
        if (Http.Request.Method != HttpMethods.Head)
        {
            await response.BodyWriter.WriteAsync(body, Aborted);
        }
    }
}
