using System.Text.Json.Nodes;
using LocalCloud.Lambda.Functions;

namespace LocalCloud.Lambda.Api.Operations;

/// <summary>PutFunctionConcurrency, GetFunctionConcurrency and DeleteFunctionConcurrency. AWS keeps 100 of an account's 1,000 unreserved.</summary>
internal static class Concurrency
{
    private const int MostReserved = 900;

    public static Task PutAsync(LambdaCall call)
    {
        var function = call.Function("PutFunctionConcurrency");
        var reserved = call.Input.Number("ReservedConcurrentExecutions", 0, int.MaxValue) ?? throw LambdaError.Missing("ReservedConcurrentExecutions");
        var others = call.Lambda.Functions.Where(other => other != function).Sum(other => (long)(other.ReservedConcurrency ?? 0));
        if (others + reserved > MostReserved)
            throw LambdaError.InvalidValue("Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].");
        Reserve(function, reserved);
        return call.AnswerAsync(200, new JsonObject { ["ReservedConcurrentExecutions"] = reserved });
    }

    public static Task GetAsync(LambdaCall call) => call.AnswerAsync(
        200, call.Function("GetFunctionConcurrency").ReservedConcurrency is { } reserved ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved } : []);

    public static Task DeleteAsync(LambdaCall call)
    {
        Reserve(call.Function("DeleteFunctionConcurrency"), null);
        return call.AnswerAsync(204, null);
    }

    private static void Reserve(Function function, int? concurrency)
    {
        function.ReservedConcurrency = concurrency;
        function.Runnable?.Processes.Reserve(concurrency);
    }
}
