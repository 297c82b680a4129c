using System.Globalization;
using LocalCloud.Lambda.Calls;
using LocalCloud.Lambda.Functions;

namespace LocalCloud.Lambda.Code;

/// <summary>The variables of a function that was created through the API: Lambda's own, and the function's over them.</summary>
internal static class CodeEnvironment
{
    public static Dictionary<string, string> Of(FunctionConfiguration function, string folder, Uri endpoint, AccessKey key)
    {
        var region = function.Arn.Split(':')[3];
        var variables = new Dictionary<string, string>
        {
            ["AWS_LAMBDA_FUNCTION_NAME"] = function.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemorySize.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{function.Name}",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = $"{DateTime.UtcNow:yyyy'/'MM'/'dd}/[$LATEST]{Guid.NewGuid():N}",
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_REGION"] = region,
            ["AWS_DEFAULT_REGION"] = region,
            ["AWS_ACCESS_KEY_ID"] = key.Id,
            ["AWS_SECRET_ACCESS_KEY"] = key.Secret,
            ["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/'),
            ["LAMBDA_TASK_ROOT"] = folder,
            ["_HANDLER"] = function.Handler,
            ["TZ"] = ":UTC",
        };
        if (key.SessionToken is { } token)
            variables["AWS_SESSION_TOKEN"] = token;
        foreach (var (name, value) in function.Variables)
            variables[name] = value;
        return variables;
    }
}
