using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;

namespace LocalCloud.Tests.Iam;

/// <summary>Roles in a test's cloud, and clients that call with a session of one.</summary>
internal static class TestRoles
{
    public const string Arn = "arn:aws:iam::000000000000:role/worker";
    public const string Session = "arn:aws:sts::000000000000:assumed-role/worker/me";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static ServiceClient Client(this TestCloud cloud, AccessKey? key = null) => new(cloud.Endpoint, "us-east-1", key ?? AccessKey.Test);

    /// <summary>A session of a role named worker, which has these statements (single quotes stand for double ones) as its only policy.</summary>
    public static async Task<ServiceClient> WorkerAsync(this TestCloud cloud, params string[] statements)
    {
        await cloud.RoleAsync(statements);
        return cloud.Client(await cloud.AssumeAsync());
    }

    public static async Task RoleAsync(this TestCloud cloud, params string[] statements)
    {
        using var root = cloud.Client();
        await root.IamAsync("CreateRole", [("RoleName", "worker"), ("AssumeRolePolicyDocument", "{}")], Ct);
        if (statements.Length > 0)
            await root.IamAsync("PutRolePolicy", [("RoleName", "worker"), ("PolicyName", "own"), ("PolicyDocument", Policy(statements))], Ct);
    }

    public static async Task<AccessKey> AssumeAsync(this TestCloud cloud, params (string, string)[] more)
    {
        using var root = cloud.Client();
        var answer = await root.StsAsync("AssumeRole", [("RoleArn", Arn), ("RoleSessionName", "me"), .. more], Ct);
        return new AccessKey(answer.Descendants("AccessKeyId").Single().Value, answer.Descendants("SecretAccessKey").Single().Value, answer.Descendants("SessionToken").Single().Value);
    }

    public static string Policy(params string[] statements) => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements).Replace('\'', '"')}}]}""";

    public static Task<JsonObject> SendAsync(this ServiceClient client, string queue, string body = "x") =>
        client.SqsAsync("SendMessage", new JsonObject { ["QueueUrl"] = queue, ["MessageBody"] = body }, Ct);
}
