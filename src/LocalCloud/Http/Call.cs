using System.Text;
using LocalCloud.Faults;
using LocalCloud.Iam;
using LocalCloud.Persistence;
using LocalCloud.Policies;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Http;

/// <summary>One request with its body read, on its way to a service.</summary>
internal sealed class Call(HttpContext http, byte[] body, string requestId)
{
    private Form? _form;
    private bool _formRead;

    public HttpContext Http { get; } = http;

    public byte[] Body { get; } = body;

    public string RequestId { get; } = requestId;

    /// <summary>Who signed it.</summary>
    public required Caller Caller { get; set; }

    /// <summary>The account, its region and its clock.</summary>
    public required CloudOptions Options { get; init; }

    /// <summary>Where its effects are recorded; null when nothing outlives the process.</summary>
    public Journal? Journal { get; init; }

    /// <summary>What goes wrong with it on purpose, if a fault rule is about it.</summary>
    public CallFaults? Faults { get; set; }

    /// <summary>Takes the call into account; once, and before its answer leaves, so that whoever has the answer finds it counted.</summary>
    public Action<Call, bool>? Account { get; set; }

    /// <summary>Bytes of messages that it carried, in or out: what the bill counts in chunks.</summary>
    public long Payload { get; private set; }

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>The address the client used: the host of the queue URLs it gets.</summary>
    public string BaseUrl => $"{Http.Request.Scheme}://{(Http.Request.Host.HasValue ? Http.Request.Host.Value : $"127.0.0.1:{Http.Connection.LocalPort}")}";

    /// <summary>The parameters of a Query request, from the form body or, for a GET, from the query string. Null when they are malformed.</summary>
    public Form? Form
    {
        get
        {
            if (!_formRead)
            {
                _form = LocalCloud.Http.Form.Parse(Body.Length > 0 ? Body : Encoding.ASCII.GetBytes(Http.Request.QueryString.Value?.TrimStart('?') ?? ""));
                _formRead = true;
            }

            return _form;
        }
    }

    /// <summary>Lets the call go on only if its caller may do that.</summary>
    /// <param name="action">As policies name it: <c>sqs:SendMessage</c>.</param>
    /// <param name="resource">The ARN of what it is done to, <c>*</c> for an action without one.</param>
    /// <param name="resourcePolicy">The policy attached to the resource, as JSON, if it has one.</param>
    /// <param name="keys">Condition keys that the request has besides those of every request, such as <c>sns:Protocol</c>.</param>
    /// <exception cref="ServiceException">AccessDenied, naming action, resource and role.</exception>
    public void Demand(string action, string resource, string? resourcePolicy = null, IReadOnlyDictionary<string, string>? keys = null)
    {
        if (!Caller.IsRoot && Refusal(action, resource, resourcePolicy, keys) is { } refusal)
        {
            throw Caller.Kind == CallerKind.Anonymous ? SignatureError.Missing(action[..action.IndexOf(':', StringComparison.Ordinal)]) : AccessDenied.Of(action, refusal);
        }
    }

    /// <summary>Why the caller may not do that, as AWS's sentence; null when it may.</summary>
    public string? Refusal(string action, string resource, string? resourcePolicy = null, IReadOnlyDictionary<string, string>? keys = null) =>
        Caller.IsRoot ? null : AccessDenied.Reason(new AccessRequest(Caller, action, resource, Keys(keys)), resourcePolicy);

    /// <summary>The caller of an operation that needs no permission, only a signature.</summary>
    /// <exception cref="ServiceException">Nobody signed.</exception>
    public Caller Signed() => Caller.Kind == CallerKind.Anonymous ? throw SignatureError.Missing(ServiceName.Sts) : Caller;

    /// <summary>The condition keys of this request, those of its caller not among them.</summary>
    public IReadOnlyDictionary<string, string> Keys(IReadOnlyDictionary<string, string>? more = null) => RequestKeys.Of(Http, Options, more);

    /// <summary>Adds bytes of messages, with their attributes, that the call brings or takes away.</summary>
    public void Carry(long bytes) => Payload += bytes;

    /// <summary>Counts the call, if it is not counted yet.</summary>
    public void Count(bool failed)
    {
        var account = Account;
        Account = null;
        account?.Invoke(this, failed);
    }

    /// <summary>To be called before an answer leaves: what the call changed is with the operating system then, and the call is counted.</summary>
    /// <returns>False when a fault breaks the connection instead of letting the answer go.</returns>
    /// <exception cref="ServiceException">The journal cannot be written. An answer of 500 or more is given all the same.</exception>
    public bool TryConclude(int status)
    {
        if (status < 500)
        {
            Journal?.Write();
        }

        Count(failed: status >= StatusCodes.Status400BadRequest);
        if (Faults is not { LosesResponse: true })
        {
            return true;
        }

        Http.Abort();
        return false;
    }

    /// <summary>Answers. A service that writes an answer by itself calls <see cref="TryConclude"/> first.</summary>
    public async Task AnswerAsync(int status, string? contentType, ReadOnlyMemory<byte> body)
    {
        if (!TryConclude(status))
        {
            return;
        }

        var response = Http.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = status == StatusCodes.Status204NoContent ? null : body.Length;
        response.Headers["x-amzn-RequestId"] = RequestId;
        if (!body.IsEmpty && Http.Request.Method != HttpMethods.Head)
        {
            await response.BodyWriter.WriteAsync(body, Aborted);
        }
    }
}
