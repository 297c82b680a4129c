using System.Text.Json.Nodes;

namespace LocalCloud.Lambda.Api.Operations;

/// <summary>GetFunction, GetFunctionConfiguration and ListFunctions.</summary>
internal static class GetFunction
{
    public static Task RunAsync(LambdaCall call)
    {
        var function = call.Function("GetFunction");
        var answer = new JsonObject
        {
            ["Configuration"] = FunctionJson.Of(function),
            // Code that runs where it was built cannot be downloaded, and neither can a package: there is nothing to show but that.
            ["Code"] = new JsonObject { ["RepositoryType"] = "S3" },
        };
        if (!function.Tags.IsEmpty)
            answer["Tags"] = FunctionJson.Map(function.Tags);
        if (function.ReservedConcurrency is { } reserved)
            answer["Concurrency"] = new JsonObject { ["ReservedConcurrentExecutions"] = reserved };
        return call.AnswerAsync(200, answer);
    }

    public static Task ConfigurationAsync(LambdaCall call) => call.AnswerAsync(200, FunctionJson.Of(call.Function("GetFunctionConfiguration")));

    public static Task ListAsync(LambdaCall call)
    {
        call.Demand("ListFunctions", "*");
        return call.AnswerPageAsync("Functions", call.Lambda.Functions, FunctionJson.Of);
    }
}
