using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LocalCloud.Lambda.Calls;
using LocalCloud.Tests.Iam;

namespace LocalCloud.Tests.Persistence;

public class AccountRestartTests
{
    private const string Trust = "{'Effect':'Allow','Principal':{'AWS':'000000000000'},'Action':'sts:AssumeRole'}";
    private const string AnyQueue = "{'Effect':'Allow','Action':'sqs:*','Resource':'*'}";
    private const string ListOnly = "{'Effect':'Allow','Action':'sqs:ListQueues','Resource':'*'}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_s_key_still_signs_and_the_user_s_policies_still_bind_it(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var shared = await SharedPolicyAsync(it, "shared", ListOnly);
        await IamAsync(it, "CreateUser", ("UserName", "ann"), ("Path", "/staff/"));
        await IamAsync(it, "PutUserPolicy", ("UserName", "ann"), ("PolicyName", "p"), ("PolicyDocument", TestRoles.Policy("{'Effect':'Allow','Action':'sqs:CreateQueue','Resource':'arn:aws:sqs:*:*:${aws:username}-*'}")));
        await IamAsync(it, "AttachUserPolicy", ("UserName", "ann"), ("PolicyArn", shared));
        var key = await KeyAsync(it, "ann");

        await RestartAsync(it, compacted);

        using var ann = it.Cloud.Client(key);
        Assert.Equal("arn:aws:iam::000000000000:user/staff/ann", (await ann.StsAsync("GetCallerIdentity", [], Ct)).Descendants("Arn").Single().Value);
        await ann.SqsAsync("CreateQueue", new() { ["QueueName"] = "ann-1" }, Ct);
        await ann.SqsAsync("ListQueues", [], Ct);
        Assert.Equal("AccessDeniedException", await RefusalAsync(ann, "CreateQueue", new() { ["QueueName"] = "bob-1" }));
        // The user still shares that very policy.
        Assert.Equal("DeleteConflict", await ErrorAsync(it, "DeletePolicy", ("PolicyArn", shared)));
        await IamAsync(it, "DetachUserPolicy", ("UserName", "ann"), ("PolicyArn", shared));
        Assert.Equal("AccessDeniedException", await RefusalAsync(ann, "ListQueues"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_deleted_stays_deleted(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        await IamAsync(it, "CreateUser", ("UserName", "ann"));
        var (dropped, kept) = (await KeyAsync(it, "ann"), await KeyAsync(it, "ann"));
        await IamAsync(it, "DeleteAccessKey", ("UserName", "ann"), ("AccessKeyId", dropped.Id));
        await IamAsync(it, "CreateUser", ("UserName", "bob"));
        await IamAsync(it, "DeleteUser", ("UserName", "bob"));
        await IamAsync(it, "DeletePolicy", ("PolicyArn", await SharedPolicyAsync(it, "gone", AnyQueue)));
        await it.Cloud.RoleAsync();
        var session = await it.Cloud.AssumeAsync();
        await IamAsync(it, "DeleteRole", ("RoleName", "worker"));
        // Another role of the same name: the session was not of this one.
        await it.Cloud.RoleAsync(AnyQueue);

        await RestartAsync(it, compacted);

        Assert.Equal("UnrecognizedClientException", await ListErrorAsync(it, dropped));
        Assert.Equal("UnrecognizedClientException", await ListErrorAsync(it, session));
        Assert.Null(await ListErrorAsync(it, await it.Cloud.AssumeAsync()));
        Assert.Equal(kept.Id, (await IamAsync(it, "ListAccessKeys", ("UserName", "ann"))).Descendants("AccessKeyId").Single().Value);
        Assert.Equal("NoSuchEntity", await ErrorAsync(it, "GetUser", ("UserName", "bob")));
        Assert.Equal("NoSuchEntity", await ErrorAsync(it, "GetPolicy", ("PolicyArn", "arn:aws:iam::000000000000:policy/gone")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_goes_on_within_its_limits_until_it_ends(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        await it.Cloud.RoleAsync(AnyQueue);
        var (whole, limited) = (await it.Cloud.AssumeAsync(), await it.Cloud.AssumeAsync(("Policy", TestRoles.Policy(ListOnly))));

        await RestartAsync(it, compacted);

        using var client = it.Cloud.Client(whole);
        using var limitedClient = it.Cloud.Client(limited);
        Assert.Equal(TestRoles.Session, (await client.StsAsync("GetCallerIdentity", [], Ct)).Descendants("Arn").Single().Value);
        await client.SqsAsync("CreateQueue", new() { ["QueueName"] = "orders" }, Ct);
        await limitedClient.SqsAsync("ListQueues", [], Ct);
        Assert.Equal("AccessDeniedException", await RefusalAsync(limitedClient, "CreateQueue", new() { ["QueueName"] = "closed" }));
        it.Time.Advance(TimeSpan.FromMinutes(59));
        await client.SqsAsync("ListQueues", [], Ct);
        it.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ExpiredTokenException", await RefusalAsync(client, "ListQueues"));
    }

    [Fact]
    public async Task A_session_of_the_account_s_owner_goes_on()
    {
        await using var it = await PersistentCloud.StartAsync();
        using var root = it.Cloud.Client();
        var session = KeyOf(await root.StsAsync("GetSessionToken", [], Ct));

        await it.KillAsync();

        Assert.Null(await ListErrorAsync(it, session));
    }

    [Fact]
    public async Task A_session_that_is_over_is_not_in_the_journal_any_more()
    {
        await using var it = await PersistentCloud.StartAsync();
        await it.Cloud.RoleAsync(AnyQueue);
        var over = await it.Cloud.AssumeAsync(("DurationSeconds", "900"));
        var lasting = await it.Cloud.AssumeAsync();
        it.Time.Advance(TimeSpan.FromMinutes(15));

        await it.CompactAndKillAsync();

        Assert.Equal("UnrecognizedClientException", await ListErrorAsync(it, over));
        Assert.Null(await ListErrorAsync(it, lasting));
        Assert.DoesNotContain(it.Files, file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(over.Secret)) >= 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_policy_that_was_changed_is_in_force_as_it_was_changed(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var shared = await SharedPolicyAsync(it, "shared", AnyQueue);
        await it.Cloud.RoleAsync(AnyQueue);
        await IamAsync(it, "AttachRolePolicy", ("RoleName", "worker"), ("PolicyArn", shared));
        var key = await it.Cloud.AssumeAsync();
        if (compacted)
        {
            it.Cloud.Compact();
        }

        await IamAsync(it, "PutRolePolicy", ("RoleName", "worker"), ("PolicyName", "own"), ("PolicyDocument", TestRoles.Policy(ListOnly)));
        await IamAsync(it, "PutRolePolicy", ("RoleName", "worker"), ("PolicyName", "dropped"), ("PolicyDocument", TestRoles.Policy(AnyQueue)));
        await IamAsync(it, "DeleteRolePolicy", ("RoleName", "worker"), ("PolicyName", "dropped"));
        await IamAsync(it, "DetachRolePolicy", ("RoleName", "worker"), ("PolicyArn", shared));
        await IamAsync(it, "UpdateAssumeRolePolicy", ("RoleName", "worker"), ("PolicyDocument", TestRoles.Policy(Trust)));

        await RestartAsync(it, compacted);

        using var worker = it.Cloud.Client(key);
        await worker.SqsAsync("ListQueues", [], Ct);
        Assert.Equal("AccessDeniedException", await RefusalAsync(worker, "CreateQueue", new() { ["QueueName"] = "orders" }));
        Assert.Contains("000000000000", Uri.UnescapeDataString((await IamAsync(it, "GetRole", ("RoleName", "worker"))).Descendants("AssumeRolePolicyDocument").Single().Value), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Users_roles_and_policies_are_shown_as_before(bool compacted)
    {
        await using var it = await PersistentCloud.StartAsync();
        var shared = await SharedPolicyAsync(it, "shared", AnyQueue, ("Path", "/app/"), ("Description", "queues"));
        await IamAsync(it, "CreateRole", ("RoleName", "r"), ("AssumeRolePolicyDocument", TestRoles.Policy(Trust)), ("Path", "/app/"), ("Description", "works"), ("MaxSessionDuration", "7200"));
        await IamAsync(it, "PutRolePolicy", ("RoleName", "r"), ("PolicyName", "p"), ("PolicyDocument", TestRoles.Policy(ListOnly)));
        await IamAsync(it, "AttachRolePolicy", ("RoleName", "r"), ("PolicyArn", "arn:aws:iam::aws:policy/AmazonSQSFullAccess"));
        await IamAsync(it, "AttachRolePolicy", ("RoleName", "r"), ("PolicyArn", shared));
        await IamAsync(it, "CreateUser", ("UserName", "ann"), ("Path", "/staff/"));
        it.Time.Advance(TimeSpan.FromMinutes(1));
        await KeyAsync(it, "ann");
        var before = await AllAsync();

        await RestartAsync(it, compacted);

        Assert.Equal(before, await AllAsync());

        async Task<string> AllAsync()
        {
            XElement[] answers =
            [
                await IamAsync(it, "ListRoles"),
                await IamAsync(it, "GetRolePolicy", ("RoleName", "r"), ("PolicyName", "p")),
                await IamAsync(it, "ListAttachedRolePolicies", ("RoleName", "r")),
                await IamAsync(it, "ListUsers"),
                await IamAsync(it, "ListAccessKeys", ("UserName", "ann")),
                await IamAsync(it, "GetPolicy", ("PolicyArn", shared)),
            ];
            return string.Join('\n', answers.Select(answer => answer.Elements().First()));
        }
    }

    [Fact]
    public async Task A_compaction_amid_changes_loses_none_of_them()
    {
        await using var it = await PersistentCloud.StartAsync();
        var writers = Task.WhenAll(Enumerable.Range(0, 3).Select(writer => Task.Run(() => ChangeAsync(writer), Ct)));
        while (!writers.IsCompleted)
        {
            await Task.Run(it.Cloud.Compact, Ct);
        }

        await writers;
        var before = await AllAsync();

        await it.KillAsync();

        Assert.Equal(before, await AllAsync());
        Assert.Equal(30, before.Count(line => line.EndsWith(" p2", StringComparison.Ordinal)));

        async Task ChangeAsync(int writer)
        {
            for (var i = 0; i < 20; i++)
            {
                var name = $"u{writer}-{i}";
                await IamAsync(it, "CreateUser", ("UserName", name));
                await IamAsync(it, "PutUserPolicy", ("UserName", name), ("PolicyName", "p1"), ("PolicyDocument", TestRoles.Policy(ListOnly)));
                await IamAsync(it, "PutUserPolicy", ("UserName", name), ("PolicyName", "p2"), ("PolicyDocument", TestRoles.Policy(ListOnly)));
                await IamAsync(it, "DeleteUserPolicy", ("UserName", name), ("PolicyName", "p1"));
                if (i % 2 == 1)
                {
                    await IamAsync(it, "DeleteUserPolicy", ("UserName", name), ("PolicyName", "p2"));
                    await IamAsync(it, "DeleteUser", ("UserName", name));
                }
            }
        }

        async Task<List<string>> AllAsync()
        {
            List<string> lines = [];
            foreach (var user in (await IamAsync(it, "ListUsers")).Descendants("UserName"))
            {
                var policies = (await IamAsync(it, "ListUserPolicies", ("UserName", user.Value))).Descendants("member").Select(policy => policy.Value);
                lines.Add($"{user.Value} {string.Join(',', policies)}");
            }

            return lines;
        }
    }

    [Fact]
    public async Task Only_their_owner_may_read_the_files_that_have_the_secrets()
    {
        await using var it = await PersistentCloud.StartAsync();
        await IamAsync(it, "CreateUser", ("UserName", "ann"));
        await KeyAsync(it, "ann");

        it.Cloud.Compact();

        foreach (var file in it.Files)
        {
            // Windows has no modes of files.
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    private static Task RestartAsync(PersistentCloud it, bool compacted) => compacted ? it.CompactAndKillAsync() : it.KillAsync();

    private static async Task<AccessKey> KeyAsync(PersistentCloud it, string user) => KeyOf(await IamAsync(it, "CreateAccessKey", ("UserName", user)));

    private static AccessKey KeyOf(XElement answer) => new(
        answer.Descendants("AccessKeyId").Single().Value, answer.Descendants("SecretAccessKey").Single().Value, answer.Descendants("SessionToken").SingleOrDefault()?.Value);

    private static async Task<string> SharedPolicyAsync(PersistentCloud it, string name, string statement, params (string, string)[] more) =>
        (await IamAsync(it, "CreatePolicy", [("PolicyName", name), ("PolicyDocument", TestRoles.Policy(statement)), .. more])).Descendants("Arn").Single().Value;

    private static async Task<XElement> IamAsync(PersistentCloud it, string action, params (string, string)[] parameters)
    {
        using var root = it.Cloud.Client();
        return await root.IamAsync(action, parameters, Ct);
    }

    private static async Task<string> ErrorAsync(PersistentCloud it, string action, params (string, string)[] parameters) =>
        (await Assert.ThrowsAsync<ServiceError>(() => IamAsync(it, action, parameters))).Code;

    private static async Task<string> RefusalAsync(ServiceClient client, string action, JsonObject? input = null) =>
        (await Assert.ThrowsAsync<ServiceError>(() => client.SqsAsync(action, input ?? [], Ct))).Code;

    /// <summary>Why the key may not list queues; null when it may.</summary>
    private static async Task<string?> ListErrorAsync(PersistentCloud it, AccessKey key)
    {
        using var client = it.Cloud.Client(key);
        return (await Record.ExceptionAsync(() => client.SqsAsync("ListQueues", [], Ct)) as ServiceError)?.Code;
    }
}
