using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalCloud.Policies;

namespace LocalCloud.Kms;

/// <summary>The policies that a key has before anybody gives it one, and what a given one must look like.</summary>
internal static partial class KeyPolicy
{
    /// <summary>Characters of a policy.</summary>
    public const int Longest = 32 * 1024;

    /// <summary>The account's administrators may allow anything.</summary>
    public static string Default(string account) => Write("key-default-1", new JsonObject
    {
        ["Sid"] = "Enable IAM User Permissions",
        ["Effect"] = "Allow",
        ["Principal"] = Root(account),
        ["Action"] = "kms:*",
        ["Resource"] = "*",
    });

    /// <summary>Everybody in the account may use the key, through the service it belongs to only.</summary>
    public static string OfService(string service, string region, string account) => Write(
        $"auto-{service}-1",
        new JsonObject
        {
            ["Sid"] = $"Allow access through {service} for all principals in the account that are authorized to use {service}",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = "*" },
            ["Action"] = new JsonArray("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey"),
            ["Resource"] = "*",
            ["Condition"] = new JsonObject
            {
                ["StringEquals"] = new JsonObject { ["kms:ViaService"] = $"{service}.{region}.amazonaws.com", ["kms:CallerAccount"] = account },
            },
        },
        new JsonObject
        {
            ["Sid"] = "Allow direct access to key metadata to the account",
            ["Effect"] = "Allow",
            ["Principal"] = Root(account),
            ["Action"] = new JsonArray("kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"),
            ["Resource"] = "*",
        });

    /// <exception cref="Http.ServiceException">It is no policy that can be evaluated, or too long.</exception>
    public static string Check(string policy)
    {
        if (policy.Length > Longest)
        {
            throw KmsError.LimitExceeded($"A key policy has at most {Longest} characters.");
        }

        if (!Characters().IsMatch(policy))
        {
            throw KmsError.MalformedPolicy("A key policy has printable characters of Latin-1, tabs and line breaks only.");
        }

        try
        {
            var statements = PolicyReader.Read(policy, PolicyKind.Resource).Statements;
            return statements is not [] && statements.All(statement => statement.Resources is not null)
                ? policy
                : throw KmsError.MalformedPolicy("A key policy has at least one Statement, and each has a Resource.");
        }
        catch (MalformedPolicyException malformed)
        {
            throw KmsError.MalformedPolicy(malformed.Message);
        }
    }

    private static JsonObject Root(string account) => new() { ["AWS"] = $"arn:aws:iam::{account}:root" };

    private static string Write(string id, params JsonNode[] statements) =>
        new JsonObject { ["Version"] = "2012-10-17", ["Id"] = id, ["Statement"] = new JsonArray(statements) }.ToJsonString();

    [GeneratedRegex(@"^[\t\n\r\u0020-\u00FF]+$")]
    private static partial Regex Characters();
}
