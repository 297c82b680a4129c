using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;

namespace LocalCloud.Tests.Iam;

public class PermissionTests
{
    private const string Queue = "arn:aws:sqs:us-east-1:000000000000:orders";
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:events";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_without_the_permission_is_refused_with_action_resource_and_role_by_name()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        await cloud.CreateTopicAsync("events");
        using var worker = await cloud.WorkerAsync($"{{'Effect':'Allow','Action':'sqs:ReceiveMessage','Resource':'{Queue}'}}");

        var sqs = await Assert.ThrowsAsync<ServiceError>(() => worker.SendAsync(queue));
        var sns = await Assert.ThrowsAsync<ServiceError>(() => worker.SnsAsync("Publish", [("TopicArn", Topic), ("Message", "x")], Ct));

        Assert.Equal(
            $"AccessDeniedException: User: {TestRoles.Session} is not authorized to perform: sqs:sendmessage on resource: {Queue} because no identity-based policy allows the sqs:sendmessage action",
            sqs.Message);
        Assert.Equal(
            $"AuthorizationError: User: {TestRoles.Session} is not authorized to perform: SNS:Publish on resource: {Topic} because no identity-based policy allows the SNS:Publish action",
            sns.Message);
        Assert.Empty(await worker.SqsAsync("ReceiveMessage", new JsonObject { ["QueueUrl"] = queue }, Ct));
    }

    [Fact]
    public async Task A_deny_wins_over_every_allow()
    {
        await using var cloud = await TestCloud.StartAsync();
        var own = await cloud.CreateQueueAsync("orders");
        var closed = await cloud.CreateQueueAsync("closed", new() { ["Policy"] = TestRoles.Policy($"{{'Effect':'Deny','Principal':{{'AWS':'{TestRoles.Arn}'}},'Action':'sqs:SendMessage','Resource':'*'}}") });
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':'sqs:*','Resource':'*'}", $"{{'Effect':'Deny','Action':'sqs:SendMessage','Resource':'{Queue}'}}");

        Assert.Contains("with an explicit deny in an identity-based policy", (await Assert.ThrowsAsync<ServiceError>(() => worker.SendAsync(own))).Message, StringComparison.Ordinal);
        Assert.Contains("with an explicit deny in a resource-based policy", (await Assert.ThrowsAsync<ServiceError>(() => worker.SendAsync(closed))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_s_own_policy_can_let_a_role_in()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders", new() { ["Policy"] = TestRoles.Policy($"{{'Effect':'Allow','Principal':{{'AWS':'{TestRoles.Arn}'}},'Action':'sqs:SendMessage','Resource':'{Queue}'}}") });
        using var worker = await cloud.WorkerAsync();

        await worker.SendAsync(queue, "hello");

        Assert.Equal(["hello"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_batch_needs_the_permission_of_the_single_call()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        await cloud.CreateTopicAsync("events");
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':['sqs:SendMessage','sns:Publish'],'Resource':'*'}");
        var input = new JsonObject { ["QueueUrl"] = queue, ["Entries"] = new JsonArray(new JsonObject { ["Id"] = "1", ["MessageBody"] = "x", ["ReceiptHandle"] = "y" }) };

        Assert.Single((await worker.SqsAsync("SendMessageBatch", input.DeepClone().AsObject(), Ct))["Successful"]!.AsArray());
        Assert.Single((await worker.SnsAsync(
            "PublishBatch", [("TopicArn", Topic), ("PublishBatchRequestEntries.member.1.Id", "1"), ("PublishBatchRequestEntries.member.1.Message", "x")], Ct)).Descendants("MessageId"));
        var error = await Assert.ThrowsAsync<ServiceError>(() => worker.SqsAsync("DeleteMessageBatch", input.DeepClone().AsObject(), Ct));
        Assert.Contains("sqs:deletemessage on resource", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_s_data_protection_policy_is_read_and_written_only_by_permission()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.CreateTopicAsync("events");
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':'sns:CreateTopic','Resource':'*'}");
        async Task<string> ErrorAsync(string action, params (string, string)[] parameters) =>
            (await Assert.ThrowsAsync<ServiceError>(() => worker.SnsAsync(action, parameters, Ct))).Message;

        Assert.Contains("SNS:GetDataProtectionPolicy on resource", await ErrorAsync("GetDataProtectionPolicy", ("ResourceArn", Topic)), StringComparison.Ordinal);
        Assert.Contains("SNS:PutDataProtectionPolicy on resource", await ErrorAsync("PutDataProtectionPolicy", ("ResourceArn", Topic), ("DataProtectionPolicy", "{}")), StringComparison.Ordinal);
        Assert.Contains("SNS:PutDataProtectionPolicy on resource", await ErrorAsync("CreateTopic", ("Name", "more"), ("DataProtectionPolicy", "{}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_ask_does_not_learn_what_exists()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.CreateQueueAsync("orders");
        using var worker = await cloud.WorkerAsync();
        async Task<string> ErrorAsync(string name) =>
            (await Assert.ThrowsAsync<ServiceError>(() => worker.SqsAsync("GetQueueUrl", new JsonObject { ["QueueName"] = name }, Ct))).Message.Replace(name, "?", StringComparison.Ordinal);

        Assert.Equal(await ErrorAsync("orders"), await ErrorAsync("nothing"));
    }

    [Fact]
    public async Task A_redrive_needs_what_it_does_on_both_queues()
    {
        await using var cloud = await TestCloud.StartAsync();
        var dead = TestCloud.ArnOf(await cloud.CreateQueueAsync("dead"));
        await cloud.CreateQueueAsync("orders", new() { ["RedrivePolicy"] = new JsonObject { ["deadLetterTargetArn"] = dead, ["maxReceiveCount"] = 1 }.ToJsonString() });
        using var worker = await cloud.WorkerAsync($"{{'Effect':'Allow','Action':'sqs:*','Resource':'{dead}'}}");

        var error = await Assert.ThrowsAsync<ServiceError>(() => worker.SqsAsync("StartMessageMoveTask", new JsonObject { ["SourceArn"] = dead }, Ct));

        Assert.Contains($"sqs:sendmessage on resource: {Queue}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_subscribe_what_can_be_said_by_conditions()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.CreateQueueAsync("orders");
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':'sns:Subscribe','Resource':'*','Condition':{'StringEquals':{'sns:Protocol':'sqs'},'StringLike':{'sns:Endpoint':'*:orders'}}}");
        Task SubscribeAsync(string protocol, string endpoint) => worker.SnsAsync("Subscribe", [("TopicArn", topic), ("Protocol", protocol), ("Endpoint", endpoint)], Ct);

        await SubscribeAsync("sqs", Queue);
        Assert.Equal("AuthorizationError", (await Assert.ThrowsAsync<ServiceError>(() => SubscribeAsync("https", "https://example.com/orders"))).Code);
    }

    [Theory]
    [InlineData("kms:Decrypt", "kms:generatedatakey")]
    [InlineData("kms:*", null)]
    public async Task Whoever_sends_to_an_encrypted_queue_needs_its_key(string action, string? refused)
    {
        await using var cloud = await TestCloud.StartAsync();
        using var root = cloud.Client();
        var key = (await root.KmsAsync("CreateKey", [], Ct))["KeyMetadata"]!["Arn"]!.GetValue<string>();
        var queue = await cloud.CreateQueueAsync("orders", new() { ["KmsMasterKeyId"] = key });
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':'sqs:*','Resource':'*'}", $"{{'Effect':'Allow','Action':'{action}','Resource':'{key}'}}");

        var error = await Record.ExceptionAsync(() => worker.SendAsync(queue)) as ServiceError;

        Assert.Equal(refused is null ? null : "KmsAccessDenied", error?.Code);
        Assert.Contains(refused ?? "", error?.Message ?? "", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_queue_whose_key_is_unknown_or_disabled_takes_nothing()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var root = cloud.Client();
        var key = (await root.KmsAsync("CreateKey", [], Ct))["KeyMetadata"]!["KeyId"]!.GetValue<string>();
        await root.KmsAsync("DisableKey", new JsonObject { ["KeyId"] = key }, Ct);
        var disabled = await cloud.CreateQueueAsync("disabled", new() { ["KmsMasterKeyId"] = key });
        var unknown = await cloud.CreateQueueAsync("unknown", new() { ["KmsMasterKeyId"] = "alias/nothing" });
        var topic = await cloud.CreateTopicAsync("events", ("KmsMasterKeyId", "alias/nothing"));

        Assert.Equal("KmsDisabled", (await Assert.ThrowsAsync<ServiceError>(() => root.SendAsync(disabled))).Code);
        Assert.Equal("KmsNotFound", (await Assert.ThrowsAsync<ServiceError>(() => root.SendAsync(unknown))).Code);
        Assert.Equal("KMSNotFound", await cloud.SnsErrorAsync("Publish", ("TopicArn", topic), ("Message", "x")));
    }

    [Fact]
    public async Task The_key_that_AWS_manages_serves_everybody_in_the_account()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders", new() { ["KmsMasterKeyId"] = "alias/aws/sqs" });
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':'sqs:*','Resource':'*'}");

        await worker.SendAsync(queue, "hello");

        Assert.Equal(["hello"], await cloud.BodiesAsync(queue));
    }

    [Theory]
    [InlineData("bookings@example.com", null)]
    [InlineData("other@example.org", "AccessDeniedException")]
    public async Task Mail_is_sent_only_from_an_identity_that_the_role_may_use(string from, string? error)
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.RoleAsync("{'Effect':'Allow','Action':'ses:SendEmail','Resource':'arn:aws:ses:us-east-1:000000000000:identity/bookings@example.com'}");
        var body = new JsonObject
        {
            ["FromEmailAddress"] = $"Hotel <{from}>",
            ["Destination"] = new JsonObject { ["ToAddresses"] = new JsonArray("a@b.c") },
            ["Content"] = JsonNode.Parse("""{"Simple":{"Subject":{"Data":"s"},"Body":{"Text":{"Data":"t"}}}}"""),
        }.ToJsonString();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cloud.Endpoint, "/v2/email/outbound-emails")) { Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        Signature.Add(request, System.Text.Encoding.UTF8.GetBytes(body), "ses", "us-east-1", await cloud.AssumeAsync());

        using var response = await cloud.Client.SendAsync(request, Ct);

        Assert.Equal(error is null ? 200 : 403, (int)response.StatusCode);
        Assert.Equal(error, response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.Single() : null);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{'Statement':[{'Effect':'Allow','Principal':'*','Action':'sqs:*','Resource':'*','Condition':{'StringSortOf':{'a':'b'}}}]}")]
    [InlineData("{'Statement':[{'Effect':'Allow','Action':'sqs:*','Resource':'*'}]}")]
    public async Task A_malformed_policy_is_refused_when_it_is_set(string policy)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var topic = await cloud.CreateTopicAsync("events");
        policy = policy.Replace('\'', '"');

        Assert.Equal("InvalidAttributeValue;Sender", await cloud.SqsErrorAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = new JsonObject { ["Policy"] = policy } }));
        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("SetTopicAttributes", ("TopicArn", topic), ("AttributeName", "Policy"), ("AttributeValue", policy)));
    }
}
