using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sqs;

public class QueueTests
{
    [Fact]
    public async Task Creating_a_queue_again_gives_the_same_one_unless_an_attribute_differs()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders", new() { ["DelaySeconds"] = "5" });

        Assert.Equal(queue, await cloud.CreateQueueAsync("orders", new() { ["DelaySeconds"] = "5" }));
        Assert.Equal(queue, await cloud.CreateQueueAsync("orders"));
        var (_, answer, error) = await cloud.SqsRawAsync("CreateQueue", """{"QueueName":"orders","Attributes":{"DelaySeconds":"6"}}"""u8.ToArray());
        Assert.Equal(("com.amazonaws.sqs#QueueNameExists", "QueueAlreadyExists;Sender"), ((string)answer["__type"]!, error));
    }

    [Theory]
    [InlineData("", "MissingParameter;Sender")]
    [InlineData("a b", "InvalidParameterValue;Sender")]
    [InlineData("a.fifo", "InvalidParameterValue;Sender")]
    public async Task A_bad_queue_name_is_refused(string name, string error)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal(error, await cloud.SqsErrorAsync("CreateQueue", new() { ["QueueName"] = name }));
    }

    [Fact]
    public async Task The_host_of_a_queue_url_does_not_matter_but_its_account_does()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.CreateQueueAsync("orders");

        await cloud.SendAsync("https://sqs.us-east-1.amazonaws.com/000000000000/orders", "a");

        Assert.Equal(
            "AWS.SimpleQueueService.NonExistentQueue;Sender",
            await cloud.SqsErrorAsync("SendMessage", new() { ["QueueUrl"] = "https://sqs.us-east-1.amazonaws.com/111111111111/orders", ["MessageBody"] = "a" }));
    }

    [Fact]
    public async Task A_permission_becomes_a_statement_of_the_policy_and_goes_by_its_label()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        JsonObject Add() => new() { ["QueueUrl"] = queue, ["Label"] = "partner", ["AWSAccountIds"] = new JsonArray("111111111111"), ["Actions"] = new JsonArray("SendMessage") };

        await cloud.SqsAsync("AddPermission", Add());
        Assert.Equal("InvalidParameterValue;Sender", await cloud.SqsErrorAsync("AddPermission", Add()));
        var policy = JsonNode.Parse((string)(await AttributesAsync(cloud, queue))["Policy"]!)!;
        await cloud.SqsAsync("RemovePermission", new() { ["QueueUrl"] = queue, ["Label"] = "partner" });

        Assert.Equal("SQS:SendMessage", (string)policy["Statement"]![0]!["Action"]!);
        Assert.False((await AttributesAsync(cloud, queue)).ContainsKey("Policy"));
    }

    [Fact]
    public async Task A_policy_that_names_a_member_twice_is_refused_and_not_left_for_AddPermission_to_fail_on()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        const string policy = """{"Statement":[],"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}]}""";

        Assert.Equal(
            "InvalidAttributeValue;Sender",
            await cloud.SqsErrorAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = new JsonObject { ["Policy"] = policy } }));
    }

    [Fact]
    public async Task Sixteen_consumers_lose_nothing_and_get_nothing_twice()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var received = new System.Collections.Concurrent.ConcurrentBag<string>();
        async Task Consume()
        {
            while (await cloud.ReceiveAsync(queue, count: 3) is { Count: > 0 } messages)
            {
                foreach (var message in messages)
                {
                    received.Add((string)message["Body"]!);
                    await cloud.DeleteAsync(queue, message);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => cloud.SendAsync(queue, $"{i}")));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Consume()));

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}").Order(), received.Order());
    }

    private static async Task<JsonObject> AttributesAsync(TestCloud cloud, string queue) =>
        (await cloud.SqsAsync("GetQueueAttributes", new() { ["QueueUrl"] = queue, ["AttributeNames"] = new JsonArray("All") }))["Attributes"]!.AsObject();
}
