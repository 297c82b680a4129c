using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A KMS key. It is always LocalCloud's own: an endpoint for queues and topics need not have keys. One of a kind that is not emulated is skipped.</summary>
internal static class KeyResource
{
    /// <summary>Properties that CreateKey takes by the same names.</summary>
    private static readonly string[] Same = ["Description", "KeySpec", "KeyUsage", "Origin"];

    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var kms = context.Site.CloudServices;
        var input = new JsonObject { ["MultiRegion"] = context.Flag("MultiRegion") };
        foreach (var property in Same.Where(property => context.Text(property) is not null))
            input[property] = context.Text(property);
        if (context.Text("KeyPolicy") is { } policy)
            input["Policy"] = policy;
        if (context.Properties["Tags"] is JsonArray { Count: > 0 } tags)
            input["Tags"] = new JsonArray([.. tags.Select(tag => new JsonObject { ["TagKey"] = Text.Of(tag!["Key"]!), ["TagValue"] = Text.Of(tag["Value"]!) })]);
        JsonObject key;
        try
        {
            key = (await kms.KmsAsync("CreateKey", input, cancellationToken))["KeyMetadata"]!.AsObject();
        }
        catch (ServiceError error) when (error.Code == "UnsupportedOperationException")
        {
            return OtherResource.Create(context);
        }
        var (id, arn) = (key["KeyId"]!.GetValue<string>(), key["Arn"]!.GetValue<string>());
        var days = context.Number("PendingWindowInDays") ?? 30;
        context.Site.Created($"key {id}", ct => kms.KmsAsync("ScheduleKeyDeletion", new JsonObject { ["KeyId"] = id, ["PendingWindowInDays"] = days }, ct));
        if (context.Flag("EnableKeyRotation"))
            await kms.KmsAsync("EnableKeyRotation", Rotation(context, id), cancellationToken);
        if (context.Text("Enabled") is "false" or "False")
            await kms.KmsAsync("DisableKey", new JsonObject { ["KeyId"] = id }, cancellationToken);
        return Created.With(id, ("Arn", arn), ("KeyId", id));
    }

    private static JsonObject Rotation(ResourceContext context, string id)
    {
        var input = new JsonObject { ["KeyId"] = id };
        if (context.Number("RotationPeriodInDays") is { } days)
            input["RotationPeriodInDays"] = days;
        return input;
    }
}
