using LocalCloud.Email;
using LocalCloud.Sns;
using LocalCloud.Sqs;
using LocalCloud.Sts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Http;

/// <summary>Brings each request to its service and turns whatever goes wrong into an answer.</summary>
internal sealed class Dispatcher(SqsProtocol sqs, SnsProtocol sns, SesProtocol ses, StsProtocol sts, ILogger logger)
{
    public async Task HandleAsync(HttpContext http)
    {
        var requestId = Guid.NewGuid().ToString();
        try
        {
            var body = await RequestBody.ReadAsync(http.Request);
            await RouteAsync(new Call(http, body ?? [], requestId), tooLarge: body is null);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is left to answer.
        }
        catch (BadHttpRequestException broken)
        {
            await PlainErrors.AnswerAsync(new Call(http, [], requestId), broken.StatusCode, "MalformedRequest", broken.Message);
        }
        catch (Exception unexpected) when (!http.Response.HasStarted)
        {
            Log.RequestFailed(logger, unexpected, requestId, http.Request.Method);
            await PlainErrors.AnswerAsync(new Call(http, [], requestId), 500, "InternalFailure", "LocalCloud failed on this request: see its log for " + requestId + ".");
        }
    }

    private Task RouteAsync(Call call, bool tooLarge) => ServiceName.Of(call) switch
    {
        ServiceName.Sqs => sqs.HandleAsync(call, tooLarge),
        ServiceName.Sns => sns.HandleAsync(call, tooLarge),
        ServiceName.Ses => ses.HandleAsync(call, tooLarge),
        ServiceName.Sts => sts.HandleAsync(call),
        ServiceName.Health => call.AnswerAsync(200, "application/json", "{\"status\":\"ok\"}"u8.ToArray()),
        var other => PlainErrors.UnknownServiceAsync(call, other),
    };
}
