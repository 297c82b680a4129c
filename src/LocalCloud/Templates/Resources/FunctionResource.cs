using System.Globalization;
using System.Text.Json.Nodes;
using LocalCloud.Lambda;
using LocalCloud.Lambda.Access;
using LocalCloud.Lambda.Calls;
using LocalCloud.Lambda.Runtime;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A function, which is run if it is an executable: with a dotnet or a provided runtime.</summary>
internal static class FunctionResource
{
    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var (site, handler) = (context.Site, context.Text("Handler") ?? context.Id.LogicalId);
        var name = context.Text("FunctionName") ?? context.PhysicalName(64);
        var arn = site.Names.Arn("lambda", $"function:{name}");
        var runtime = context.Text("Runtime") ?? "container image";
        if (runtime.StartsWith("dotnet", StringComparison.Ordinal) || runtime.StartsWith("provided", StringComparison.Ordinal))
        {
            var role = await RoleAsync(context, name, arn, cancellationToken);
            var timeout = TimeSpan.FromSeconds(context.Number("Timeout") ?? 3);
            var memory = context.Number("MemorySize") ?? 128;
            var runnable = site.Functions.Add(new FunctionSettings
            {
                Name = name,
                Handler = handler,
                Arn = arn,
                Timeout = timeout,
                MemorySize = memory,
                ReservedConcurrency = context.Number("ReservedConcurrentExecutions"),
                Environment = Variables(context, name, handler, memory, role?.Key ?? AccessKey.Test),
                Start = () => site.Options.StartFunction(handler),
            });
            site.Register(context, FunctionDescription.Of(context, name, arn, handler), runnable);
        }
        else
        {
            site.NotRun[arn] = runtime;
            site.Register(context, FunctionDescription.Of(context, name, arn, handler), null);
            LambdaLog.NotRun(site.Logger, context.Id.LogicalId, context.Id.Stack, runtime);
        }
        return Created.With(name, ("Arn", arn));
    }

    private static Dictionary<string, string> Variables(ResourceContext context, string name, string handler, int memory, AccessKey key)
    {
        var options = context.Site.Options;
        var variables = new Dictionary<string, string>
        {
            ["AWS_LAMBDA_FUNCTION_NAME"] = name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = memory.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{name}",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = $"{DateTime.UtcNow:yyyy'/'MM'/'dd}/[$LATEST]{Guid.NewGuid():N}",
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_REGION"] = options.Region,
            ["AWS_DEFAULT_REGION"] = options.Region,
            ["AWS_ACCESS_KEY_ID"] = key.Id,
            ["AWS_SECRET_ACCESS_KEY"] = key.Secret,
            ["AWS_ENDPOINT_URL"] = Url(options.CloudEndpoint),
            ["LAMBDA_TASK_ROOT"] = TaskRoot(context, handler),
            ["_HANDLER"] = handler,
            ["TZ"] = ":UTC",
        };
        if (key.SessionToken is { } token)
            variables["AWS_SESSION_TOKEN"] = token;
        if (options.Endpoint != options.CloudEndpoint)
            variables["AWS_ENDPOINT_URL_SQS"] = variables["AWS_ENDPOINT_URL_SNS"] = Url(options.Endpoint);
        foreach (var (variable, value) in context.Properties["Environment"]?["Variables"] as JsonObject ?? [])
            variables[variable] = value is null ? "" : Text.Of(value);
        foreach (var (variable, value) in options.Environment)
            variables[variable] = value;
        return variables;
    }

    /// <summary>A session of the function's role, or null when there is none: at another emulator, and for a function without a role.</summary>
    private static async Task<FunctionRole?> RoleAsync(ResourceContext context, string name, string arn, CancellationToken cancellationToken)
    {
        var site = context.Site;
        if (!site.HasRoles)
            return null;
        if (context.Text("Role") is not { } role)
        {
            LambdaLog.NoRole(site.Logger, context.Id.LogicalId, context.Id.Stack);
            return null;
        }
        if (!await site.Roles.TrustsLambdaAsync(role, cancellationToken))
            throw context.Wrong($"was refused: The role defined for the function cannot be assumed by Lambda. Let lambda.amazonaws.com do sts:AssumeRole in the trust policy of {role}");
        var key = await site.Roles.AssumeAsync(role, name, cancellationToken);
        return site.FunctionRoles[arn] = new FunctionRole(role, key, new ServiceClient(site.Options.Endpoint, site.Options.Region, key));
    }

    /// <summary>
    /// Where the function runs. Asked for at the deployment, so that a function that cannot be run is an error then, and not when a message waits for it.
    /// </summary>
    private static string TaskRoot(ResourceContext context, string handler)
    {
        try
        {
            return context.Site.Options.StartFunction(handler).WorkingDirectory is { Length: > 0 } directory ? directory : AppContext.BaseDirectory;
        }
        catch (Exception e)
        {
            throw context.Wrong($"has the handler '{handler}', which cannot be run: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static string Url(Uri endpoint) => endpoint.ToString().TrimEnd('/');
}
