using System.Text.Json.Nodes;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>Policies of roles: one that each of its roles, or its only one, has for itself, or one that they share.</summary>
internal static class PolicyResource
{
    private static readonly string[] Optional = ["Path", "Description"];

    public static async Task<Created> CreateInlineAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        if (!context.Site.HasRoles)
            return OtherResource.Create(context);
        var name = context.Required("PolicyName");
        foreach (var role in Roles(context))
            await RoleResource.PutAsync(context.Site, role, name, context.Required("PolicyDocument"), cancellationToken);
        return Created.With(context.PhysicalName(128), ("Id", context.PhysicalName(128)));
    }

    public static async Task<Created> CreateOfOneRoleAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        if (!context.Site.HasRoles)
            return OtherResource.Create(context);
        var name = context.Required("PolicyName");
        await RoleResource.PutAsync(context.Site, context.Required("RoleName"), name, context.Required("PolicyDocument"), cancellationToken);
        return Created.With(name);
    }

    public static async Task<Created> CreateManagedAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var site = context.Site;
        if (!site.HasRoles)
            return OtherResource.Create(context);
        List<(string, string)> parameters = [("PolicyName", context.Text("ManagedPolicyName") ?? context.PhysicalName(128)), ("PolicyDocument", context.Required("PolicyDocument"))];
        parameters.AddRange(Optional.Where(property => context.Text(property) is not null).Select(property => (property, context.Text(property)!)));
        var arn = (await site.Services.IamAsync("CreatePolicy", parameters, cancellationToken)).Descendants("Arn").Single().Value;
        site.Created($"policy {arn}", ct => site.Services.IamAsync("DeletePolicy", [("PolicyArn", arn)], ct));
        foreach (var role in Roles(context))
            await RoleResource.AttachAsync(context, role, arn, cancellationToken);
        return Created.With(arn, ("PolicyArn", arn));
    }

    private static IEnumerable<string> Roles(ResourceContext context) => (context.Properties["Roles"] as JsonArray ?? []).Select(role => Text.Of(role!));
}
