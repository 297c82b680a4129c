using System.Text.Json.Nodes;
using LocalCloud.Tests.Lambda;

namespace LocalCloud.Tests.Iam;

/// <summary>SNS puts a message into a queue only if the policies of queue and key let it; what it may not is in the log with the reason.</summary>
public sealed class DeliveryPermissionTests : IDisposable
{
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:events";

    private readonly RecordedLogs _logs = new();

    public void Dispose() => _logs.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("'Principal':{'Service':'sns.amazonaws.com'},'Condition':{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:000000000000:events'}}", true)]
    [InlineData("'Principal':'*','Condition':{'StringEquals':{'aws:SourceAccount':'000000000000'},'Bool':{'aws:SecureTransport':'true'}}", true)]
    [InlineData("'Principal':{'Service':'sns.amazonaws.com'},'Condition':{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:000000000000:others'}}", false)]
    [InlineData("'Principal':{'AWS':'000000000000'}", false)]
    public async Task A_queue_with_a_policy_takes_what_its_policy_allows(string statement, bool delivered)
    {
        await using var cloud = await TestCloud.StartAsync(logs: _logs);
        var queue = await cloud.CreateQueueAsync("orders", new() { ["Policy"] = TestRoles.Policy($"{{'Effect':'Allow','Action':'sqs:SendMessage','Resource':'*',{statement}}}") });
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));

        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hello"));

        Assert.Equal(delivered ? ["hello"] : [], await cloud.BodiesAsync(queue));
        Assert.Equal(delivered, !_logs.Lines.Any(line => line.Contains(
            "User: sns.amazonaws.com is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:000000000000:orders because no resource-based policy allows the sqs:sendmessage action. "
            + $"The queue's policy must let sns.amazonaws.com do sqs:SendMessage for aws:SourceArn {Topic}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_role_subscribed_needs_a_policy_and_what_the_key_test_subscribed_does_not()
    {
        await using var cloud = await TestCloud.StartAsync(logs: _logs);
        var (bare, own) = (await cloud.CreateQueueAsync("bare"), await cloud.CreateQueueAsync("own"));
        var topic = await cloud.CreateTopicAsync("events");
        using var worker = await cloud.WorkerAsync("{'Effect':'Allow','Action':'*','Resource':'*'}");
        var answer = await worker.SnsAsync("Subscribe", [("TopicArn", topic), ("Protocol", "sqs"), ("Endpoint", TestCloud.ArnOf(bare)), .. TestCloud.Entries(("RawMessageDelivery", "true"))], Ct);
        await cloud.SubscribeAsync(topic, own, ("RawMessageDelivery", "true"));

        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hello"));

        Assert.Equal(["hello"], await cloud.BodiesAsync(own));
        Assert.Empty(await cloud.BodiesAsync(bare));
        Assert.Contains(_logs.Lines, line => line.Contains("The queue has no policy: it needs one that lets sns.amazonaws.com", StringComparison.Ordinal));
        var attributes = await cloud.SnsAsync("GetSubscriptionAttributes", ("SubscriptionArn", answer.Descendants("SubscriptionArn").Single().Value));
        Assert.Contains(attributes.Descendants("value"), value => value.Value == TestRoles.Session);
    }

    [Fact]
    public async Task A_refused_message_goes_to_the_dead_letter_queue_that_allows_it()
    {
        await using var cloud = await TestCloud.StartAsync(logs: _logs);
        const string nobody = "{'Effect':'Deny','Principal':'*','Action':'sqs:SendMessage','Resource':'*'}";
        var queue = await cloud.CreateQueueAsync("orders", new() { ["Policy"] = TestRoles.Policy(nobody) });
        var dead = await cloud.CreateQueueAsync("dead", new() { ["Policy"] = TestRoles.Policy("{'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},'Action':'sqs:SendMessage','Resource':'*'}") });
        var closed = await cloud.CreateQueueAsync("closed", new() { ["Policy"] = TestRoles.Policy(nobody) });
        var topic = await cloud.CreateTopicAsync("events");
        var subscription = await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"), ("RedrivePolicy", new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(dead) }.ToJsonString()));

        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "first"));
        await cloud.SnsAsync(
            "SetSubscriptionAttributes", ("SubscriptionArn", subscription), ("AttributeName", "RedrivePolicy"),
            ("AttributeValue", new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(closed) }.ToJsonString()));
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "second"));

        Assert.Equal(["first"], await cloud.BodiesAsync(dead));
        Assert.Empty(await cloud.BodiesAsync(closed));
        Assert.Contains(_logs.Lines, line => line.Contains("is lost", StringComparison.Ordinal) && line.Contains(TestCloud.ArnOf(closed) + " with an explicit deny", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_encrypted_queue_takes_only_what_its_key_s_policy_allows(bool allowed)
    {
        await using var cloud = await TestCloud.StartAsync(logs: _logs);
        using var root = cloud.Client();
        var input = new JsonObject();
        if (allowed)
        {
            input["Policy"] = TestRoles.Policy(
                "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::000000000000:root'},'Action':'kms:*','Resource':'*'}",
                $"{{'Effect':'Allow','Principal':{{'Service':'sns.amazonaws.com'}},'Action':['kms:Decrypt','kms:GenerateDataKey*'],'Resource':'*','Condition':{{'ArnEquals':{{'aws:SourceArn':'{Topic}'}},'StringEquals':{{'aws:SourceAccount':'000000000000'}}}}}}");
        }

        var key = (await root.KmsAsync("CreateKey", input, Ct))["KeyMetadata"]!["Arn"]!.GetValue<string>();
        var policy = TestRoles.Policy("{'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},'Action':'sqs:SendMessage','Resource':'*'}");
        var queue = await cloud.CreateQueueAsync("orders", new() { ["Policy"] = policy, ["KmsMasterKeyId"] = key });
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));

        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "hello"));

        Assert.Equal(allowed ? ["hello"] : [], await cloud.BodiesAsync(queue));
        Assert.Equal(allowed, !_logs.Lines.Any(line => line.Contains($"kms:GenerateDataKey on resource: {key} because no resource-based policy allows", StringComparison.Ordinal)));
    }
}
