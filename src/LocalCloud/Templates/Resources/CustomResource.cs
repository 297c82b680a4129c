using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Lambda;
using LocalCloud.Lambda.Runtime;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>Asks a function to create something, as CloudFormation does, and waits for its answer at the ResponseURL.</summary>
internal static class CustomResource
{
    /// <summary>An answer may be on its way a little longer than its function runs.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var site = context.Site;
        var token = context.Required("ServiceToken");
        if (site.NotRun.TryGetValue(token, out var runtime))
        {
            LambdaLog.CustomResourceSkipped(site.Logger, context.Id.LogicalId, context.Id.Stack, runtime);
            return new Created(context.PhysicalName(128)) { InventsArns = true };
        }
        var function = context.Function(token);
        var (path, answer) = site.CustomResources.Expect();
        var request = Request(context, $"http://{site.Functions.Api.Address}{path}");
        using var timeout = ServiceTimeout(context) is { } limit ? new CancellationTokenSource(limit, site.Options.Time) : null;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout?.Token ?? CancellationToken.None);
        try
        {
            return await AskAsync(context, function, request, answer, timeout is not null, waiting.Token);
        }
        catch (OperationCanceledException e) when (timeout?.IsCancellationRequested == true)
        {
            throw context.Wrong($"was not created: its function '{function.Settings.Handler}' gave no answer within the ServiceTimeout of {context.Text("ServiceTimeout")} s", e);
        }
    }

    /// <summary>CloudFormation waits an hour unless the template says less. Here, where the function's end is known, only what the template says is waited for.</summary>
    private static TimeSpan? ServiceTimeout(ResourceContext context) => context.Number("ServiceTimeout") is not { } seconds ? null
        : seconds is >= 1 and <= 3600 ? TimeSpan.FromSeconds(seconds)
        : throw context.Wrong($"has a ServiceTimeout of {seconds}. Choose one from 1 to 3600");

    private static async Task<Created> AskAsync(
        ResourceContext context, LambdaFunction function, JsonObject request, Task<JsonObject> answer, bool patient, CancellationToken cancellationToken)
    {
        var result = await function.InvokeAsync("custom-resource", Encoding.UTF8.GetBytes(request.ToJsonString()), cancellationToken: cancellationToken);
        if (result.Error is not null && !answer.IsCompleted)
            throw context.Wrong($"was not created: its function '{function.Settings.Handler}' failed with {result.Error.TrimEnd('.')}");
        return Read(context, function, patient ? await answer.WaitAsync(cancellationToken) : await WaitAsync(context, function, answer, cancellationToken));
    }

    private static async Task<JsonObject> WaitAsync(ResourceContext context, LambdaFunction function, Task<JsonObject> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.WaitAsync(Grace, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw context.Wrong(
                $"was not created: its function '{function.Settings.Handler}' ended without an answer to the ResponseURL. PUT one with a Status, on every path", e);
        }
    }

    private static JsonObject Request(ResourceContext context, string responseUrl) => new()
    {
        ["RequestType"] = "Create",
        ["ServiceToken"] = context.Required("ServiceToken"),
        ["ResponseURL"] = responseUrl,
        ["StackId"] = context.Site.Names.StackId(context.Id.Stack),
        ["RequestId"] = Guid.NewGuid().ToString(),
        ["ResourceType"] = context.Resource.Type,
        ["LogicalResourceId"] = context.Id.LogicalId,
        ["ResourceProperties"] = AsText(context.Properties),
    };

    private static Created Read(ResourceContext context, LambdaFunction function, JsonObject answer)
    {
        var status = (answer["Status"] as JsonValue)?.ToString();
        if (status != "SUCCESS")
        {
            var reason = answer["Reason"]?.ToString().TrimEnd('.') ?? "(no reason given)";
            throw context.Wrong($"was not created: its function '{function.Settings.Handler}' answered {status ?? "without a Status"}, because: {reason}");
        }
        var data = (answer["Data"] as JsonObject ?? []).ToDictionary(entry => entry.Key, entry => entry.Value?.DeepClone());
        return new Created(answer["PhysicalResourceId"]?.ToString() ?? context.PhysicalName(128)) { Attributes = data };
    }

    /// <summary>CloudFormation sends numbers and booleans as strings.</summary>
    private static JsonNode? AsText(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, AsText(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(AsText)]),
        null => null,
        _ => JsonValue.Create(Resolving.Text.Of(node)),
    };
}
