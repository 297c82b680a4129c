using System.Text.Json.Nodes;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A topic. Its properties are SNS's attributes by the same names, but for those named here.</summary>
internal static class TopicResource
{
    private static readonly string[] NoAttributes = ["TopicName", "Tags", "Subscription", "DeliveryStatusLogging", "DataProtectionPolicy"];

    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var services = context.Site.Services;
        var fifo = context.Flag("FifoTopic");
        var name = context.Text("TopicName") ?? context.PhysicalName(256, fifo ? ".fifo" : "");
        var attributes = context.Properties
            .Where(property => property.Value is not null && !NoAttributes.Contains(property.Key) && (property.Key != "FifoTopic" || fifo))
            .Select(property => (property.Key, Text.Of(property.Value!)));
        List<(string, string)> parameters =
        [
            ("Name", name),
            .. QueryParameters.Map("Attributes", attributes),
            .. Tags(context.Properties["Tags"] as JsonArray ?? []),
        ];
        var arn = (await services.SnsAsync("CreateTopic", parameters, cancellationToken)).Descendants("TopicArn").Single().Value;
        context.Site.Created($"topic {name}", ct => services.SnsAsync("DeleteTopic", [("TopicArn", arn)], ct));
        foreach (var inline in context.Properties["Subscription"] as JsonArray ?? [])
        {
            await SubscriptionResource.SubscribeAsync(
                context, [("TopicArn", arn), ("Protocol", Text.Of(inline!["Protocol"]!)), ("Endpoint", Text.Of(inline["Endpoint"]!))], cancellationToken);
        }
        return Created.With(arn, ("TopicArn", arn), ("TopicName", name));
    }

    private static IEnumerable<(string, string)> Tags(JsonArray tags) => tags.SelectMany((tag, index) => new[]
    {
        ($"Tags.member.{index + 1}.Key", Text.Of(tag!["Key"]!)),
        ($"Tags.member.{index + 1}.Value", Text.Of(tag["Value"]!)),
    });
}
