using System.Globalization;
using LocalCloud.Policies;

namespace LocalCloud.Iam.Operations;

/// <summary>CreatePolicy, GetPolicy and DeletePolicy: managed policies, which have one version here.</summary>
internal static class SharedPolicies
{
    private const int LongestName = 128;

    /// <summary>Characters that are no white space.</summary>
    private const int LongestDocument = 6144;

    public static void Create(IamCall call)
    {
        var (name, path) = (call.Name("PolicyName", LongestName), call.Path());
        var arn = $"arn:aws:iam::{call.Iam.Id}:policy{path}{name}";
        call.Call.Demand("iam:CreatePolicy", arn);
        var (json, document) = call.Policy("PolicyDocument", PolicyKind.Identity);
        if (json.Count(c => !char.IsWhiteSpace(c)) > LongestDocument)
        {
            throw IamError.LimitExceeded($"Cannot exceed quota for PolicySize: {LongestDocument}");
        }

        var policy = new ManagedPolicy(arn, name, path, AccessKeyPair.NewId("ANPA"), json, document, call.Iam.Now) { Description = call["Description"] };
        call.Iam.Policies.Add(policy);
        Write(call, policy);
    }

    public static void Get(IamCall call)
    {
        var arn = call.Required("PolicyArn");
        call.Call.Demand("iam:GetPolicy", arn);
        Write(call, call.Iam.Policies.Get(arn));
    }

    public static void Delete(IamCall call)
    {
        var arn = call.Required("PolicyArn");
        call.Call.Demand("iam:DeletePolicy", arn);
        call.Iam.Policies.Remove(call.Iam.Policies.Get(arn));
    }

    private static void Write(IamCall call, ManagedPolicy policy) => call.Output
        .Open("Policy")
        .Element("PolicyName", policy.Name)
        .Element("PolicyId", policy.Id)
        .Element("Arn", policy.Arn)
        .Element("Path", policy.Path)
        .Element("DefaultVersionId", "v1")
        .Element("AttachmentCount", call.Iam.Policies.AttachedTo(policy).ToString(CultureInfo.InvariantCulture))
        .Element("IsAttachable", "true")
        .Element("Description", policy.Description)
        .Element("CreateDate", IamCall.Date(policy.CreatedAt))
        .Element("UpdateDate", IamCall.Date(policy.CreatedAt))
        .Close("Policy");
}
