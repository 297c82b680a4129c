using System.Text.Json.Nodes;
using LocalCloud.Lambda.Events;
using LocalCloud.Lambda.Functions;

namespace LocalCloud.Lambda.Api.Operations;

/// <summary>The configuration of asynchronous invocations: put, changed, read and deleted.</summary>
internal static class EventInvoke
{
    public static Task PutAsync(LambdaCall call) => SetAsync(call, call.Function("PutFunctionEventInvokeConfig"), EventInvokeSettings.Default);

    public static Task UpdateAsync(LambdaCall call)
    {
        var function = call.Function("UpdateFunctionEventInvokeConfig");
        return SetAsync(call, function, Existing(function));
    }

    public static Task GetAsync(LambdaCall call)
    {
        var function = call.Function("GetFunctionEventInvokeConfig");
        return call.AnswerAsync(200, Describe(function, Existing(function)));
    }

    public static Task DeleteAsync(LambdaCall call)
    {
        var function = call.Function("DeleteFunctionEventInvokeConfig");
        _ = Existing(function);
        function.EventInvoke = null;
        return call.AnswerAsync(204, null);
    }

    private static Task SetAsync(LambdaCall call, Function function, EventInvokeSettings before)
    {
        var destinations = call.Input.Structure("DestinationConfig");
        var settings = before with
        {
            MaximumRetryAttempts = call.Input.Number("MaximumRetryAttempts", 0, 2) ?? before.MaximumRetryAttempts,
            MaximumEventAge = call.Input.Number("MaximumEventAgeInSeconds", 60, 21_600) ?? before.MaximumEventAge,
            OnSuccess = Destination(destinations, "OnSuccess") ?? before.OnSuccess,
            OnFailure = Destination(destinations, "OnFailure") ?? before.OnFailure,
            LastModified = call.Now,
        };
        function.EventInvoke = settings;
        return call.AnswerAsync(200, Describe(function, settings));
    }

    private static string? Destination(LambdaInput? config, string outcome) => config?.Structure(outcome)?.Text("Destination") is not { Length: > 0 } arn ? null
        : arn.Split(':') is [_, _, "sqs" or "sns" or "lambda" or "events" or "s3", ..] ? arn
        : throw LambdaError.InvalidValue($"The provided destination config DestinationConfig({outcome}={arn}) is invalid.");

    private static EventInvokeSettings Existing(Function function) =>
        function.EventInvoke ?? throw LambdaError.NotFound($"The function {function.Arn}:$LATEST doesn't have an EventInvokeConfig");

    private static JsonObject Describe(Function function, EventInvokeSettings settings)
    {
        var json = new JsonObject
        {
            ["LastModified"] = settings.LastModified.ToUnixTimeMilliseconds() / 1000.0,
            ["FunctionArn"] = $"{function.Arn}:$LATEST",
            ["DestinationConfig"] = new JsonObject { ["OnSuccess"] = Of(settings.OnSuccess), ["OnFailure"] = Of(settings.OnFailure) },
        };
        if (settings.MaximumRetryAttempts is { } attempts)
            json["MaximumRetryAttempts"] = attempts;
        if (settings.MaximumEventAge is { } age)
            json["MaximumEventAgeInSeconds"] = age;
        return json;
    }

    private static JsonObject Of(string? destination) => destination is null ? [] : new JsonObject { ["Destination"] = destination };
}
