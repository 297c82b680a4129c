using System.Text.Json.Nodes;
using LocalCloud.Tests.Iam;
using LocalCloud.Tests.Lambda;

namespace LocalCloud.Tests.S3;

/// <summary>S3 tells only queues and topics whose policies let it, and refuses a configuration that names others.</summary>
public sealed class NotificationPermissionTests : IDisposable
{
    private const string Allowed = "'Effect':'Allow','Principal':{'Service':'s3.amazonaws.com'},'Resource':'*','Condition':{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::bucket'},'StringEquals':{'aws:SourceAccount':'000000000000'}}";

    private readonly RecordedLogs _logs = new();

    public void Dispose() => _logs.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Allowed, true)]
    [InlineData("'Effect':'Allow','Principal':{'Service':'s3.amazonaws.com'},'Resource':'*','Condition':{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::another'}}", false)]
    [InlineData("'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},'Resource':'*'", false)]
    [InlineData("'Effect':'Allow','Principal':{'AWS':'000000000000'},'Resource':'*'", false)]
    public async Task A_configuration_is_taken_only_if_the_policies_of_its_targets_let_S3(string statement, bool taken)
    {
        await using var cloud = await StartAsync();
        var s3 = new S3Client(cloud);
        var queue = await cloud.CreateQueueAsync("events", new() { ["Policy"] = TestRoles.Policy($"{{{statement},'Action':'sqs:SendMessage'}}") });
        var topic = await cloud.CreateTopicAsync("topic", ("Policy", TestRoles.Policy($"{{{statement},'Action':'sns:Publish'}}")));

        foreach (var target in new[] { Queue(queue), $"<TopicConfiguration><Topic>{topic}</Topic><Event>s3:ObjectCreated:*</Event></TopicConfiguration>" })
        {
            var answer = await s3.PutAsync("/bucket?notification", Configuration(target));

            Assert.Equal(taken ? 200 : 400, answer.Status);
            Assert.True(taken || (answer.Error.Code == "InvalidArgument" && answer.Text.Contains("Unable to validate the following destination configurations", StringComparison.Ordinal)));
        }

        Assert.Equal(taken ? 1 : 0, (await cloud.BodiesAsync(queue)).Length);
    }

    [Fact]
    public async Task What_a_role_configures_needs_a_policy_and_what_the_key_test_configures_does_not()
    {
        await using var cloud = await StartAsync();
        var (s3, queue) = (new S3Client(cloud), await cloud.CreateQueueAsync("events"));
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':'*','Resource':'*'}");

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => worker.S3Async(HttpMethod.Put, "/bucket?notification", Configuration(Queue(queue)), Ct));
        Assert.Contains("Unable to validate the following destination configurations", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await cloud.BodiesAsync(queue));
        Assert.Equal(200, (await s3.PutAsync("/bucket?notification", Configuration(Queue(queue)))).Status);
        await s3.PutAsync("/bucket/k", "hello");

        Assert.Equal(2, (await cloud.BodiesAsync(queue)).Length);
    }

    [Fact]
    public async Task An_event_that_the_policy_lets_in_no_more_is_lost_and_the_log_says_why()
    {
        await using var cloud = await StartAsync();
        var s3 = new S3Client(cloud);
        var queue = await cloud.CreateQueueAsync("events", new() { ["Policy"] = TestRoles.Policy($"{{{Allowed},'Action':'sqs:SendMessage'}}") });
        await s3.PutAsync("/bucket?notification", Configuration(Queue(queue)));
        await cloud.BodiesAsync(queue);

        await cloud.SqsAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = new JsonObject { ["Policy"] = TestRoles.Policy("{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}") } });
        await s3.PutAsync("/bucket/k", "hello");

        Assert.Equal(0, (await cloud.SqsAsync("ReceiveMessage", new() { ["QueueUrl"] = queue }))["Messages"]?.AsArray().Count ?? 0);
        Assert.Contains(_logs.Lines, line => line.Contains("User: s3.amazonaws.com is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:events", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_encrypted_queue_takes_only_what_its_key_s_policy_allows(bool allowed)
    {
        await using var cloud = await StartAsync();
        using var root = cloud.Client();
        var input = new JsonObject();
        if (allowed)
        {
            input["Policy"] = TestRoles.Policy("{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::000000000000:root'},'Action':'kms:*','Resource':'*'}", $"{{{Allowed},'Action':['kms:Decrypt','kms:GenerateDataKey*']}}");
        }

        var key = (await root.KmsAsync("CreateKey", input, Ct))["KeyMetadata"]!["Arn"]!.GetValue<string>();
        var queue = await cloud.CreateQueueAsync("events", new() { ["Policy"] = TestRoles.Policy($"{{{Allowed},'Action':'sqs:SendMessage'}}"), ["KmsMasterKeyId"] = key });

        Assert.Equal(allowed ? 200 : 400, (await new S3Client(cloud).PutAsync("/bucket?notification", Configuration(Queue(queue)))).Status);
    }

    private async Task<TestCloud> StartAsync()
    {
        var cloud = await TestCloud.StartAsync(logs: _logs);
        await new S3Client(cloud).SendAsync("PUT", "/bucket");
        return cloud;
    }

    private static string Configuration(string target) => $"<NotificationConfiguration>{target}</NotificationConfiguration>";

    private static string Queue(string url) => $"<QueueConfiguration><Queue>{TestCloud.ArnOf(url)}</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration>";
}
