using System.Globalization;
using LocalCloud.Http;
using LocalCloud.Policies;

namespace LocalCloud.Iam.Operations;

/// <summary>CreateRole, GetRole, ListRoles, DeleteRole and UpdateAssumeRolePolicy.</summary>
internal static class Roles
{
    private const int LongestName = 64;

    public static void Create(IamCall call)
    {
        call.RefuseBoundary();
        var (name, path) = (call.Name("RoleName", LongestName), call.Path());
        var arn = call.Iam.Roles.ArnOf(name, path);
        call.Call.Demand("iam:CreateRole", arn);
        var role = new Identity(CallerKind.Role, name, path, arn, AccessKeyPair.NewId("AROA"), call.Iam.Now)
        {
            Description = call["Description"],
            MaxSessionDuration = call.Number("MaxSessionDuration", 3600, 43_200) ?? 3600,
            TrustPolicy = call.Policy("AssumeRolePolicyDocument", PolicyKind.Trust).Json,
        };
        call.Iam.Roles.Add(role);
        Write(call.Output, role, "Role");
    }

    public static void Get(IamCall call)
    {
        call.Call.Demand("iam:GetRole", call.Iam.Roles.ArnOf(call.Required("RoleName")));
        Write(call.Output, call.Iam.Roles.Get(call.Required("RoleName")), "Role");
    }

    public static void List(IamCall call)
    {
        call.Call.Demand("iam:ListRoles", call.Iam.Roles.ArnOf(""));
        call.Output.Open("Roles");
        foreach (var role in call.Iam.Roles.All.Where(role => role.Path.StartsWith(call["PathPrefix"] ?? "/", StringComparison.Ordinal)))
        {
            Write(call.Output, role, "member");
        }

        call.Output.Close("Roles").Element("IsTruncated", "false");
    }

    public static void Delete(IamCall call)
    {
        call.Call.Demand("iam:DeleteRole", call.Iam.Roles.ArnOf(call.Required("RoleName")));
        lock (call.Iam.Gate)
        {
            var role = call.Iam.Roles.Get(call.Required("RoleName"));
            call.Iam.Roles.Remove(InlinePolicies.Bare(role));
        }
    }

    public static void UpdateTrust(IamCall call)
    {
        call.Call.Demand("iam:UpdateAssumeRolePolicy", call.Iam.Roles.ArnOf(call.Required("RoleName")));
        call.Iam.Roles.Change(call.Required("RoleName"), role => role.TrustPolicy = call.Policy("PolicyDocument", PolicyKind.Trust).Json);
    }

    private static void Write(XmlText output, Identity role, string element) => output
        .Open(element)
        .Element("Path", role.Path)
        .Element("RoleName", role.Name)
        .Element("RoleId", role.Id)
        .Element("Arn", role.Arn)
        .Element("CreateDate", IamCall.Date(role.CreatedAt))
        .Element("AssumeRolePolicyDocument", Uri.EscapeDataString(role.TrustPolicy!))
        .Element("Description", role.Description)
        .Element("MaxSessionDuration", role.MaxSessionDuration.ToString(CultureInfo.InvariantCulture))
        .Close(element);
}
