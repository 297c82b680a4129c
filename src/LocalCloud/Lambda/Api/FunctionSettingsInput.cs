using System.Text.RegularExpressions;
using LocalCloud.Http;
using LocalCloud.Lambda.Functions;

namespace LocalCloud.Lambda.Api;

/// <summary>What CreateFunction and UpdateFunctionConfiguration may say of a function.</summary>
internal static partial class FunctionSettingsInput
{
    private const int LongestTimeout = 900;
    private const int MostMemory = 10_240;
    private const int MaximumVariables = 4 * 1024;

    /// <summary>The configuration with what the request says in the place of what was.</summary>
    /// <exception cref="ServiceException">A value that Lambda does not take.</exception>
    public static FunctionConfiguration Read(LambdaInput input, FunctionConfiguration before) => before with
    {
        Runtime = Runtime(input) ?? before.Runtime,
        Handler = input.Text("Handler") ?? before.Handler,
        Role = Role(input) ?? before.Role,
        Description = input.Text("Description") ?? before.Description,
        Timeout = input.Number("Timeout", 1, LongestTimeout) ?? before.Timeout,
        MemorySize = input.Number("MemorySize", 128, MostMemory) ?? before.MemorySize,
        Variables = Variables(input) ?? before.Variables,
        Architecture = (input.Texts("Architectures") is [var architecture, ..] ? architecture : null) ?? before.Architecture,
        DeadLetterTarget = input.Structure("DeadLetterConfig") is { } config ? Target(config) : before.DeadLetterTarget,
        RevisionId = Guid.NewGuid(),
    };

    private static string? Runtime(LambdaInput input) => input.Text("Runtime") is not { } runtime ? null
        : RuntimeName().IsMatch(runtime) ? runtime
        : throw LambdaError.InvalidValue($"Value {Excerpt.Of(runtime)} at 'runtime' failed to satisfy constraint: Member must be a runtime of Lambda, as in dotnet10, provided.al2023 or python3.13");

    private static string? Role(LambdaInput input) => input.Text("Role") is not { } role ? null
        : RoleArn().IsMatch(role) ? role
        : throw LambdaError.Constraint("Role", role, @"Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+");

    private static IReadOnlyDictionary<string, string>? Variables(LambdaInput input)
    {
        if (input.Structure("Environment") is not { } environment)
            return null;
        var variables = environment.Map("Variables") ?? new Dictionary<string, string>();
        if (variables.Keys.FirstOrDefault(name => !VariableName().IsMatch(name)) is { } wrong)
            throw LambdaError.Constraint("Environment.Variables", wrong, "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]");
        if (variables.Keys.FirstOrDefault(Reserved.Contains) is { } reserved)
            throw LambdaError.InvalidValue($"Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: {reserved}");
        return variables.Sum(variable => variable.Key.Length + variable.Value.Length) <= MaximumVariables
            ? variables
            : throw LambdaError.InvalidValue("Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.");
    }

    private static readonly HashSet<string> Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    private static string? Target(LambdaInput config) => config.Text("TargetArn") is not { Length: > 0 } arn ? null
        : arn.Split(':') is [_, _, "sqs" or "sns", _, _, _] ? arn
        : throw LambdaError.Constraint("DeadLetterConfig.TargetArn", arn, "Member must be the ARN of a queue or of a topic");

    [GeneratedRegex(@"\A(dotnet|provided|python|nodejs|java|ruby|go)[a-z0-9.]*\z")]
    private static partial Regex RuntimeName();

    [GeneratedRegex(@"\Aarn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+\z")]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9_]+\z")]
    private static partial Regex VariableName();
}
