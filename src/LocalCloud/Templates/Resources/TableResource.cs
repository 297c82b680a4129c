using System.Globalization;
using System.Text.Json.Nodes;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A DynamoDB table. It is always LocalCloud's own: an endpoint for queues and topics need not have tables.</summary>
internal static class TableResource
{
    /// <summary>Properties that CreateTable takes by the same names.</summary>
    private static readonly string[] Same =
    [
        "AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "TableClass", "Tags",
    ];

    private static readonly string[] Units = ["ReadCapacityUnits", "WriteCapacityUnits"];

    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var tables = context.Site.CloudServices;
        var name = context.Text("TableName") ?? context.PhysicalName(255);
        var input = new JsonObject { ["TableName"] = name, ["DeletionProtectionEnabled"] = context.Flag("DeletionProtectionEnabled") };
        foreach (var property in Same)
        {
            if (context.Properties[property] is { } value)
                input[property] = value.DeepClone();
        }
        NumberUnits(input);
        foreach (var index in input["GlobalSecondaryIndexes"] as JsonArray ?? [])
            NumberUnits(index!.AsObject());
        if (context.Properties["StreamSpecification"]?["StreamViewType"] is { } view)
            input["StreamSpecification"] = new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = Text.Of(view) };
        var table = (await tables.DynamoDbAsync("CreateTable", input, cancellationToken))["TableDescription"]!;
        context.Site.Created($"table {name}", ct => tables.DynamoDbAsync("DeleteTable", new JsonObject { ["TableName"] = name }, ct));
        if (context.Properties["TimeToLiveSpecification"] is JsonObject expiry && Text.Of(expiry["Enabled"]!) is ("true" or "True"))
        {
            var specification = new JsonObject { ["Enabled"] = true, ["AttributeName"] = Text.Of(expiry["AttributeName"]!) };
            await tables.DynamoDbAsync("UpdateTimeToLive", new JsonObject { ["TableName"] = name, ["TimeToLiveSpecification"] = specification }, cancellationToken);
        }
        var arn = ("Arn", table["TableArn"]!.GetValue<string>());
        return table["LatestStreamArn"] is { } stream ? Created.With(name, arn, ("StreamArn", stream.GetValue<string>())) : Created.With(name, arn);
    }

    // Templates may write numbers as text.
    private static void NumberUnits(JsonObject holder)
    {
        foreach (var unit in Units)
        {
            if (holder["ProvisionedThroughput"]?[unit] is { } value && long.TryParse(Text.Of(value), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                holder["ProvisionedThroughput"]![unit] = number;
        }
    }
}
