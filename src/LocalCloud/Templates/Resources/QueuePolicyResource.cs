using System.Text.Json.Nodes;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

internal static class QueuePolicyResource
{
    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var policy = context.Required("PolicyDocument");
        foreach (var url in context.Properties["Queues"] as JsonArray ?? [])
        {
            var input = new JsonObject { ["QueueUrl"] = Text.Of(url!), ["Attributes"] = new JsonObject { ["Policy"] = policy } };
            await context.Site.Services.SqsAsync("SetQueueAttributes", input, cancellationToken);
        }
        return Created.With(context.PhysicalName(128), ("Id", context.PhysicalName(128)));
    }
}
