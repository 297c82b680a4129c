using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A version or an alias: here there is only one state of a function, the one on the disk.</summary>
internal static class FunctionVersionResource
{
    public static Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var function = context.Function(context.Required("FunctionName"));
        var qualifier = context.Text("Name") ?? "1";
        var registered = context.Registered(context.Required("FunctionName"));
        registered.Qualifiers = registered.Qualifiers.Add(qualifier);
        return Task.FromResult(Created.With($"{function.Settings.Arn}:{qualifier}", ("Version", "1"), ("FunctionArn", $"{function.Settings.Arn}:{qualifier}")));
    }
}
