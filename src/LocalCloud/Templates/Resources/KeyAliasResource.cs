using System.Text.Json.Nodes;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

internal static class KeyAliasResource
{
    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var kms = context.Site.CloudServices;
        var name = context.Required("AliasName");
        await kms.KmsAsync("CreateAlias", new JsonObject { ["AliasName"] = name, ["TargetKeyId"] = context.Required("TargetKeyId") }, cancellationToken);
        context.Site.Created($"alias {name}", ct => kms.KmsAsync("DeleteAlias", new JsonObject { ["AliasName"] = name }, ct));
        return Created.With(name);
    }
}
