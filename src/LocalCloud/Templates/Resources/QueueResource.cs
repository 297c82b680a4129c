using System.Text.Json.Nodes;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A queue. Its properties are SQS's attributes by the same names, but for its name and tags.</summary>
internal static class QueueResource
{
    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var services = context.Site.Services;
        var name = context.Text("QueueName") ?? context.PhysicalName(80, context.Flag("FifoQueue") ? ".fifo" : "");
        var attributes = new JsonObject();
        foreach (var (property, value) in context.Properties)
        {
            if (value is not null && property is not ("QueueName" or "Tags") && !(property == "FifoQueue" && !context.Flag("FifoQueue")))
                attributes[property] = Text.Of(value);
        }
        var input = new JsonObject { ["QueueName"] = name, ["Attributes"] = attributes };
        if (context.Properties["Tags"] is JsonArray { Count: > 0 } tags)
            input["tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create(Text.Of(tag!["Key"]!), (JsonNode?)Text.Of(tag["Value"]!))));
        var url = (await services.SqsAsync("CreateQueue", input, cancellationToken))["QueueUrl"]!.GetValue<string>();
        context.Site.Created($"queue {name}", ct => services.SqsAsync("DeleteQueue", new JsonObject { ["QueueUrl"] = url }, ct));
        input = new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("QueueArn") };
        var answer = await services.SqsAsync("GetQueueAttributes", input, cancellationToken);
        return Created.With(url, ("Arn", answer["Attributes"]!["QueueArn"]!.GetValue<string>()), ("QueueName", name), ("QueueUrl", url));
    }
}
