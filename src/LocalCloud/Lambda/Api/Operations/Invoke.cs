using System.Text;
using System.Text.Json;
using LocalCloud.Lambda.Events;
using LocalCloud.Lambda.Functions;
using LocalCloud.Lambda.Runtime;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Lambda.Api.Operations;

internal static class Invoke
{
    private const int MaximumClientContext = 3_583;

    public static Task RunAsync(LambdaCall call)
    {
        var function = call.Function("InvokeFunction");
        var headers = call.Call.Http.Request.Headers;
        var payload = Payload(call.Call.Body);
        return headers["X-Amz-Invocation-Type"].ToString() switch
        {
            "" or "RequestResponse" => WaitAsync(call, Runnable(function), payload),
            "Event" => Accept(call, function, payload),
            "DryRun" => call.AnswerAsync(StatusCodes.Status204NoContent, null),
            var other => throw LambdaError.Constraint("InvocationType", other, "Member must satisfy enum value set: [Event, RequestResponse, DryRun]"),
        };
    }

    private static async Task WaitAsync(LambdaCall call, LambdaFunction runnable, ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > FunctionSettings.MaximumPayload)
            throw LambdaError.TooLarge(TooLarge(payload.Length, "RequestResponse", FunctionSettings.MaximumPayload));
        var readsLog = call.Call.Http.Request.Headers["X-Amz-Log-Type"] == "Tail";
        var result = await runnable.InvokeAsync(
            "invoke", payload, new InvocationDetails { ClientContext = ClientContext(call), ReadsLog = readsLog }, call.Call.Aborted);
        if (LambdaFailure.IsThrottled(result))
            throw LambdaError.Throttled("Rate Exceeded.");
        var headers = call.Call.Http.Response.Headers;
        headers["X-Amz-Executed-Version"] = "$LATEST";
        if (result.Error is not null)
            headers["X-Amz-Function-Error"] = "Unhandled";
        if (readsLog)
            headers["X-Amz-Log-Result"] = LogTail.Of(result, runnable.Settings.MemorySize);
        await call.Call.AnswerAsync(StatusCodes.Status200OK, "application/json", result.Payload);
    }

    private static Task Accept(LambdaCall call, Function function, ReadOnlyMemory<byte> payload)
    {
        Runnable(function);
        if (payload.Length > EventQueue.MaximumPayload)
            throw LambdaError.TooLarge(TooLarge(payload.Length, "Event", EventQueue.MaximumPayload));
        _ = function.Events.TryAccept("event", payload, new InvocationDetails { ClientContext = ClientContext(call), RequestId = call.Call.RequestId })
            ?? throw LambdaError.Throttled("Rate Exceeded.");
        return call.AnswerAsync(StatusCodes.Status202Accepted, null);
    }

    private static LambdaFunction Runnable(Function function) => function.Runnable ?? throw LambdaError.InvalidValue(
        $"LocalCloud does not run the function {function.Name}: its runtime is {function.Configuration.Runtime ?? "a container image"}, and only executables are run here, with dotnet and provided runtimes.");

    private static ReadOnlyMemory<byte> Payload(byte[] body)
    {
        if (body.Length == 0)
            return "{}"u8.ToArray();
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                // To its end: only whole JSON is an event.
            }
            return body;
        }
        catch (JsonException e)
        {
            throw LambdaError.InvalidContent($"Could not parse request body into json: Could not parse payload into json: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}");
        }
    }

    private static string? ClientContext(LambdaCall call)
    {
        var header = call.Call.Http.Request.Headers["X-Amz-Client-Context"].ToString();
        if (header.Length == 0)
            return null;
        var bytes = new byte[header.Length];
        return header.Length <= MaximumClientContext && Convert.TryFromBase64String(header, bytes, out var length) && Ascii.IsValid(bytes.AsSpan(0, length))
            && !bytes.AsSpan(0, length).ContainsAnyInRange((byte)0, (byte)31)
            ? Encoding.ASCII.GetString(bytes, 0, length)
            : throw LambdaError.InvalidContent("Client context must be a valid Base64-encoded JSON object.");
    }

    private static string TooLarge(int bytes, string type, int limit) => $"{bytes} byte payload is too large for the {type} invocation type (limit {limit} bytes)";
}
