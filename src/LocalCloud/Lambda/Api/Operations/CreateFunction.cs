using LocalCloud.Lambda.Code;
using LocalCloud.Lambda.Functions;

namespace LocalCloud.Lambda.Api.Operations;

internal static class CreateFunction
{
    public static async Task RunAsync(LambdaCall call)
    {
        var input = call.Input;
        var name = FunctionReference.TryParse(input.Required("FunctionName")) is { Qualifier: null } reference
            ? reference.Name
            : throw LambdaError.Constraint("FunctionName", input.Required("FunctionName"), $"Member must satisfy regular expression pattern: {FunctionReference.Pattern}");
        call.Demand("CreateFunction", call.Lambda.Arn(name));
        if (call.Lambda.Find(name) is not null)
            throw LambdaError.Exists(name);
        if (input.Text("PackageType") is "Image" || input.Structure("Code")?.Has("ImageUri") == true)
            throw LambdaError.InvalidValue("LocalCloud takes no container images: it has no container engine. Create the function from a Zip package.");
        var settings = FunctionSettingsInput.Read(input, new FunctionConfiguration { Name = name, Arn = call.Lambda.Arn(name), LastModified = call.Now });
        if (settings.Runtime is null || settings.Handler.Length == 0)
            throw LambdaError.InvalidValue("Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        if (settings.Role.Length == 0)
            throw LambdaError.Missing("Role");
        call.Call.Demand("iam:PassRole", settings.Role);
        await call.Lambda.CheckRoleAsync(settings, call.Call.Aborted);
        var package = FunctionCode.Read(input.Structure("Code") ?? throw LambdaError.Missing("Code"));
        try
        {
            await AddAsync(call, settings with { CodeSize = package.Size, CodeSha256 = package.Sha256 }, package);
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    private static async Task AddAsync(LambdaCall call, FunctionConfiguration settings, CodePackage package)
    {
        var function = call.Lambda.Add(settings, null, () => call.Lambda.Services, call.Lambda.Time);
        function.Package = package;
        function.Tags = function.Tags.AddRange(call.Input.Map("Tags") ?? new Dictionary<string, string>());
        await call.Lambda.RunAsync(function);
        await call.AnswerAsync(201, FunctionJson.Of(function));
    }
}
