using LocalCloud.Http;
using LocalCloud.Lambda.Functions;

namespace LocalCloud.Lambda.Api.Operations;

/// <summary>UpdateFunctionConfiguration and UpdateFunctionCode.</summary>
internal static class UpdateFunction
{
    public static async Task ConfigurationAsync(LambdaCall call)
    {
        var function = Own(call, "UpdateFunctionConfiguration");
        var changed = FunctionSettingsInput.Read(call.Input, function.Configuration) with { LastModified = call.Now };
        if (changed.Role != function.Configuration.Role)
        {
            call.Call.Demand("iam:PassRole", changed.Role);
            await call.Lambda.CheckRoleAsync(changed, call.Call.Aborted);
        }
        function.Configuration = changed;
        await call.Lambda.RunAsync(function);
        await call.AnswerAsync(200, FunctionJson.Of(function));
    }

    public static async Task CodeAsync(LambdaCall call)
    {
        var function = Own(call, "UpdateFunctionCode");
        var before = function.Package;
        var package = FunctionCode.Read(call.Input);
        if (call.Input.Flag("DryRun") == true)
        {
            package.Dispose();
        }
        else
        {
            function.Package = package;
            function.Configuration = function.Configuration with
            {
                CodeSize = package.Size,
                CodeSha256 = package.Sha256,
                LastModified = call.Now,
                RevisionId = Guid.NewGuid(),
            };
            await call.Lambda.RunAsync(function);
            before?.Dispose();
        }
        await call.AnswerAsync(200, FunctionJson.Of(function));
    }

    private static Function Own(LambdaCall call, string action)
    {
        var function = call.Function(action);
        if (function.Package is null)
            throw LambdaError.Conflict($"The function {function.Name} belongs to a deployment that runs here: change its template.");
        if (call.Input.Text("RevisionId") is { } revision && revision != function.Configuration.RevisionId.ToString())
            throw new ServiceException("PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id", status: 412);
        return function;
    }
}
