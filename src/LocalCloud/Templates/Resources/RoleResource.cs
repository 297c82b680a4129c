using System.Text.Json.Nodes;
using LocalCloud.Lambda;
using LocalCloud.Lambda.Calls;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Templates.Resources;

/// <summary>A role with its inline and managed policies.</summary>
internal static class RoleResource
{
    private static readonly string[] Optional = ["Path", "Description", "MaxSessionDuration", "PermissionsBoundary"];

    public static async Task<Created> CreateAsync(ResourceContext context, CancellationToken cancellationToken)
    {
        var site = context.Site;
        if (!site.HasRoles)
            return OtherResource.Create(context);
        var name = context.Text("RoleName") ?? context.PhysicalName(64);
        List<(string, string)> parameters = [("RoleName", name), ("AssumeRolePolicyDocument", context.Required("AssumeRolePolicyDocument"))];
        parameters.AddRange(Optional.Where(property => context.Text(property) is not null).Select(property => (property, context.Text(property)!)));
        var role = await site.Services.IamAsync("CreateRole", parameters, cancellationToken);
        site.Created($"role {name}", ct => site.Services.IamAsync("DeleteRole", [("RoleName", name)], ct));
        foreach (var policy in context.Properties["Policies"] as JsonArray ?? [])
            await PutAsync(site, name, Text.Of(policy!["PolicyName"]!), Text.Of(policy["PolicyDocument"]!), cancellationToken);
        foreach (var arn in context.Properties["ManagedPolicyArns"] as JsonArray ?? [])
            await AttachAsync(context, name, Text.Of(arn!), cancellationToken);
        return Created.With(name, ("Arn", role.Descendants("Arn").Single().Value), ("RoleId", role.Descendants("RoleId").Single().Value));
    }

    public static async Task PutAsync(Site site, string role, string policy, string document, CancellationToken cancellationToken)
    {
        await site.Services.IamAsync("PutRolePolicy", [("RoleName", role), ("PolicyName", policy), ("PolicyDocument", document)], cancellationToken);
        site.Created($"policy {policy} of role {role}", ct => site.Services.IamAsync("DeleteRolePolicy", [("RoleName", role), ("PolicyName", policy)], ct));
    }

    public static async Task AttachAsync(ResourceContext context, string role, string arn, CancellationToken cancellationToken)
    {
        var site = context.Site;
        try
        {
            await site.Services.IamAsync("AttachRolePolicy", [("RoleName", role), ("PolicyArn", arn)], cancellationToken);
            site.Created($"policy {arn} of role {role}", ct => site.Services.IamAsync("DetachRolePolicy", [("RoleName", role), ("PolicyArn", arn)], ct));
        }
        catch (ServiceError unknown) when (unknown.Code == "NoSuchEntity" && arn.StartsWith("arn:aws:iam::aws:", StringComparison.Ordinal))
        {
            LambdaLog.PolicyNotKnown(site.Logger, arn, context.Id.LogicalId, context.Id.Stack);
        }
    }
}
