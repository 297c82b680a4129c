using LocalCloud.Templates.Access;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>Lets a service invoke a function: without it neither the routes of an API nor the schedules reach it.</summary>
internal static class InvokePermissionResource
{
    public static Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var name = context.Required("FunctionName");
        var action = context.Required("Action");
        if (action is "lambda:InvokeFunction" or "lambda:*" && !context.Site.NotRun.ContainsKey(name))
        {
            var function = context.Function(name);
            context.Site.Permissions.Add(new InvokePermission(function.Settings.Arn, context.Required("Principal"), context.Text("SourceArn"), context.Text("SourceAccount")));
        }
        return Task.FromResult(Created.With(context.PhysicalName(128), ("Id", context.PhysicalName(128))));
    }
}
