using System.Text.Json.Nodes;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

internal static class TopicPolicyResource
{
    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var policy = context.Required("PolicyDocument");
        foreach (var arn in context.Properties["Topics"] as JsonArray ?? [])
        {
            await context.Site.Services.SnsAsync(
                "SetTopicAttributes", [("TopicArn", Text.Of(arn!)), ("AttributeName", "Policy"), ("AttributeValue", policy)], cancellationToken);
        }
        return Created.With(context.PhysicalName(128), ("Id", context.PhysicalName(128)));
    }
}
