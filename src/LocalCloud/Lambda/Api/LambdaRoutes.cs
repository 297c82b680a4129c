using LocalCloud.Lambda.Api.Operations;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Lambda.Api;

/// <summary>All operations of Lambda that are there.</summary>
internal static class LambdaRoutes
{
    private const string Functions = "/2015-03-31/functions";
    private const string One = Functions + "/{FunctionName}";
    private const string Mappings = "/2015-03-31/event-source-mappings";
    private const string EventInvoke = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
    private const string Tags = "/2017-03-31/tags/{Resource}";

    private static readonly LambdaRoute[] All =
    [
        new("POST", Functions, "CreateFunction", CreateFunction.RunAsync),
        new("GET", Functions, "ListFunctions", GetFunction.ListAsync),
        new("GET", One, "GetFunction", GetFunction.RunAsync),
        new("DELETE", One, "DeleteFunction", DeleteFunction.RunAsync),
        new("GET", One + "/configuration", "GetFunctionConfiguration", GetFunction.ConfigurationAsync),
        new("PUT", One + "/configuration", "UpdateFunctionConfiguration", UpdateFunction.ConfigurationAsync),
        new("PUT", One + "/code", "UpdateFunctionCode", UpdateFunction.CodeAsync),
        new("POST", One + "/invocations", "Invoke", Invoke.RunAsync),
        new("GET", One + "/policy", "GetPolicy", Permissions.GetAsync),
        new("POST", One + "/policy", "AddPermission", Permissions.AddAsync),
        new("DELETE", One + "/policy/{StatementId}", "RemovePermission", Permissions.RemoveAsync),
        new("POST", Mappings, "CreateEventSourceMapping", CreateMapping.RunAsync),
        new("GET", Mappings, "ListEventSourceMappings", GetMapping.ListAsync),
        new("GET", Mappings + "/{UUID}", "GetEventSourceMapping", GetMapping.RunAsync),
        new("PUT", Mappings + "/{UUID}", "UpdateEventSourceMapping", UpdateMapping.RunAsync),
        new("DELETE", Mappings + "/{UUID}", "DeleteEventSourceMapping", DeleteMapping.RunAsync),
        new("PUT", "/2017-10-31/functions/{FunctionName}/concurrency", "PutFunctionConcurrency", Concurrency.PutAsync),
        new("DELETE", "/2017-10-31/functions/{FunctionName}/concurrency", "DeleteFunctionConcurrency", Concurrency.DeleteAsync),
        new("GET", "/2019-09-30/functions/{FunctionName}/concurrency", "GetFunctionConcurrency", Concurrency.GetAsync),
        new("PUT", EventInvoke, "PutFunctionEventInvokeConfig", Operations.EventInvoke.PutAsync),
        new("POST", EventInvoke, "UpdateFunctionEventInvokeConfig", Operations.EventInvoke.UpdateAsync),
        new("GET", EventInvoke, "GetFunctionEventInvokeConfig", Operations.EventInvoke.GetAsync),
        new("DELETE", EventInvoke, "DeleteFunctionEventInvokeConfig", Operations.EventInvoke.DeleteAsync),
        new("GET", Tags, "ListTags", Tagging.ListAsync),
        new("POST", Tags, "TagResource", Tagging.AddAsync),
        new("DELETE", Tags, "UntagResource", Tagging.RemoveAsync),
    ];

    /// <summary>The operation that a request is for, with the values in its path; null if there is none.</summary>
    public static (LambdaRoute Route, Dictionary<string, string> Values)? Find(HttpRequest request)
    {
        // Clients escape the colons of an ARN; ASP.NET leaves an escaped slash as it is.
        var segments = (request.Path.Value ?? "").Trim('/').Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Split('/');
        foreach (var route in All)
        {
            if (route.Matches(request.Method, segments, out var values))
                return (route, values);
        }
        return null;
    }
}
