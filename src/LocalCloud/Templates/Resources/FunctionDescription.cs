using System.Text.Json.Nodes;
using LocalCloud.Lambda.Functions;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A function's properties as Lambda's API shows them.</summary>
internal static class FunctionDescription
{
    public static FunctionConfiguration Of(ResourceContext context, string name, string arn, string handler)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (variable, value) in context.Properties["Environment"]?["Variables"] as JsonObject ?? [])
            variables[variable] = value is null ? "" : Text.Of(value);
        return new FunctionConfiguration
        {
            Name = name,
            Arn = arn,
            Runtime = context.Text("Runtime"),
            Handler = handler,
            Role = context.Text("Role") ?? "",
            Description = context.Text("Description") ?? "",
            Timeout = context.Number("Timeout") ?? 3,
            MemorySize = context.Number("MemorySize") ?? 128,
            Variables = variables,
            Architecture = (context.Properties["Architectures"] as JsonArray)?[0] is { } architecture ? Text.Of(architecture) : "x86_64",
            DeadLetterTarget = context.Properties["DeadLetterConfig"]?["TargetArn"] is { } target ? Text.Of(target) : null,
            LastModified = context.Site.Options.Time.GetUtcNow(),
        };
    }
}
