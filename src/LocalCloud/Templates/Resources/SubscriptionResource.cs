using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A subscription. Its properties are SNS's attributes by the same names, but for those named here.</summary>
internal static class SubscriptionResource
{
    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var protocol = context.Required("Protocol");
        if (protocol == "lambda" && !context.Site.ReachesFunctions)
        {
            throw context.Wrong(
                "has the protocol 'lambda': the topics of another emulator do not reach functions here. "
                + "Put a queue between topic and function, which also keeps what the function cannot take");
        }
        var attributes = context.Properties
            .Where(property => property.Value is not null && property.Key is not ("TopicArn" or "Protocol" or "Endpoint" or "Region"))
            .Select(property => (property.Key, Text.Of(property.Value!)));
        List<(string, string)> parameters =
        [
            ("TopicArn", context.Required("TopicArn")),
            ("Protocol", protocol),
            ("Endpoint", context.Required("Endpoint")),
            .. QueryParameters.Map("Attributes", attributes),
        ];
        var arn = await SubscribeAsync(context, parameters, cancellationToken);
        return Created.With(arn, ("Arn", arn));
    }

    public static async Task<string> SubscribeAsync(ResourceContext context, IEnumerable<(string, string)> parameters, CancellationToken cancellationToken)
    {
        var services = context.Site.Services;
        var answer = await services.SnsAsync("Subscribe", parameters.Append(("ReturnSubscriptionArn", "true")), cancellationToken);
        var arn = answer.Descendants("SubscriptionArn").Single().Value;
        context.Site.Created($"subscription {arn}", ct => services.SnsAsync("Unsubscribe", [("SubscriptionArn", arn)], ct));
        return arn;
    }
}
