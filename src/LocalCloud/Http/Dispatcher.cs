using System.Collections.Frozen;
using LocalCloud.Accounting;
using LocalCloud.Faults;
using LocalCloud.Iam;
using LocalCloud.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Http;

/// <summary>Brings each request to its service and turns whatever goes wrong into an answer.</summary>
internal sealed class Dispatcher(
    IReadOnlyList<IService> services, LocalPaths local, RequestLedger ledger, FaultInjector faults, Callers callers, CloudOptions options, Journal? journal = null)
{
    private readonly FrozenDictionary<string, IService> _services = services.ToFrozenDictionary(service => service.Name, StringComparer.Ordinal);
    private readonly ILogger _logger = options.Logs.CreateLogger<CloudServer>();

    public async Task HandleAsync(HttpContext http)
    {
        var requestId = RandomId.NewGuid().ToString();
        try
        {
            if (LocalPaths.IsLocal(http.Request.Path.Value ?? ""))
            {
                await local.AnswerAsync(new Call(http, await RequestBody.ReadAsync(http.Request, Limits.RequestBytes) ?? [], requestId) { Caller = Caller.Anonymous, Options = options });
                return;
            }

            var name = ServiceName.Of(http.Request) ?? services.FirstOrDefault(service => service.Owns(http.Request))?.Name;
            var service = name is null ? null : _services.GetValueOrDefault(name);
            var body = await RequestBody.ReadAsync(http.Request, service?.LargestBody ?? Limits.RequestBytes);
            var call = new Call(http, body ?? [], requestId) { Caller = Caller.Anonymous, Options = options, Journal = journal };

            // An unsigned form says by its version what it is for.
            if (name is null)
            {
                name = ServiceName.Of(call.Form);
                service = name is null ? null : _services.GetValueOrDefault(name);
            }

            await (service is null ? PlainErrors.UnknownServiceAsync(call, name ?? "unknown", _services.Keys) : ServeAsync(service, call, tooLarge: body is null));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is left to answer.
        }
        catch (BadHttpRequestException broken)
        {
            await PlainErrors.AnswerAsync(Empty(http, requestId), broken.StatusCode, "MalformedRequest", broken.Message);
        }
        catch (Exception unexpected) when (!http.Response.HasStarted)
        {
            Log.RequestFailed(_logger, unexpected, requestId, http.Request.Method);
            await PlainErrors.AnswerAsync(Empty(http, requestId), 500, "InternalFailure", "LocalCloud failed on this request: see its log for " + requestId + ".");
        }
    }

    private Call Empty(HttpContext http, string requestId) => new(http, [], requestId) { Caller = Caller.Anonymous, Options = options };

    private async Task ServeAsync(IService service, Call call, bool tooLarge)
    {
        string? action = null;
        call.Account = (done, failed) => ledger.Add(service.Name, action, done.Payload, failed);
        try
        {
            if (tooLarge)
            {
                throw new ServiceException(
                    "RequestEntityTooLarge", $"The request is longer than {service.LargestBody} bytes.", "com.amazon.coral.service#RequestEntityTooLargeException", 413);
            }

            call.Journal?.ThrowIfFailed();
            action = service.ActionOf(call);
            call.Caller = callers.Identify(call, service.Name);
            if (faults.Run is { } run)
            {
                await MeetAsync(run.Next(service.Name, action), call);
            }

            await service.HandleAsync(call);
        }
        catch (ServiceException error)
        {
            await service.RefuseAsync(call, error);
        }
        catch (InvalidOperationException malformed) when (malformed.Source == "System.Text.Json" && !call.Http.Response.HasStarted)
        {
            // A lone surrogate: well-formed as JSON, but no text. It shows where the string is read.
            await service.RefuseAsync(call, new ServiceException("MalformedInput", "A string is no valid Unicode text.", "com.amazon.coral.service#SerializationException"));
        }
        finally
        {
            call.Count(failed: call.Http.Response.StatusCode >= StatusCodes.Status400BadRequest);
        }

        if (call.Faults is { LosesResponse: true })
        {
            call.Http.Abort();
        }
    }

    private async ValueTask MeetAsync(CallFaults? met, Call call)
    {
        call.Faults = met;
        if (met is null)
        {
            return;
        }

        if (met.Delay > TimeSpan.Zero)
        {
            await Task.Delay(met.Delay, options.Time, call.Aborted);
        }

        if (met.Refusal is { } refusal)
        {
            throw refusal;
        }
    }
}
