namespace LocalCloud.Lambda.Api.Operations;

internal static class DeleteFunction
{
    public static async Task RunAsync(LambdaCall call)
    {
        var function = call.Function("DeleteFunction");
        if (function.Package is null)
            throw LambdaError.Conflict($"The function {function.Name} belongs to a deployment that runs here: it goes with that.");
        await call.Lambda.RemoveAsync(function);
        await call.AnswerAsync(204, null);
    }
}
