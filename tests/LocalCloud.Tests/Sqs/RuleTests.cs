using System.Text.Json.Nodes;
using LocalCloud.Http;
using LocalCloud.Sqs;

namespace LocalCloud.Tests.Sqs;

public class RuleTests
{
    private const string Version = "2012-11-05";

    [Theory]
    [InlineData("ReceiveMessage")]
    [InlineData("GetQueueAttributes")]
    [InlineData("ListDeadLetterSourceQueues")]
    [InlineData("ListQueueTags")]
    public async Task An_answer_with_nothing_in_it_still_has_its_result_element(string action)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");

        var (status, answer) = await cloud.QueryAsync(Version, ("Action", action), ("QueueUrl", queue));

        Assert.Equal(200, status);
        Assert.Single(answer.Elements(action + "Result"));
    }

    [Fact]
    public async Task An_empty_list_of_entries_is_an_empty_batch()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");

        var (status, answer) = await cloud.QueryAsync(Version, ("Action", "SendMessageBatch"), ("QueueUrl", queue), ("Entries", ""));

        Assert.Equal((400, "AWS.SimpleQueueService.EmptyBatchRequest"), (status, answer.Descendants("Code").Single().Value));
    }

    [Theory]
    [InlineData("12345678901234567890123456789012345678", true)]
    [InlineData("123456789012345678901234567890123456789", false)]
    [InlineData("000123456789012345678901234567890123456780", true)]
    [InlineData("1e126", true)]
    [InlineData("1.1e126", false)]
    [InlineData("-1e128", true)]
    [InlineData("NaN", false)]
    [InlineData("1,000", false)]
    public async Task A_number_has_38_digits_at_most(string number, bool valid)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        JsonObject input = new()
        {
            ["QueueUrl"] = queue,
            ["MessageBody"] = "x",
            ["MessageAttributes"] = new JsonObject { ["n"] = new JsonObject { ["DataType"] = "Number", ["StringValue"] = number } },
        };

        if (valid)
        {
            await cloud.SqsAsync("SendMessage", input);
        }
        else
        {
            Assert.Equal("InvalidParameterValue;Sender", await cloud.SqsErrorAsync("SendMessage", input));
        }
    }

    [Theory]
    [InlineData("RedrivePolicy", "[]", "InvalidParameterValue;Sender")]
    [InlineData("RedrivePolicy", "{}", "InvalidParameterValue;Sender")]
    [InlineData("RedrivePolicy", """{"maxReceiveCount":1}""", "InvalidParameterValue;Sender")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:orders"}""", "InvalidParameterValue;Sender")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:orders","maxReceiveCount":"1001"}""", "InvalidParameterValue;Sender")]
    [InlineData("VisibilityTimeout", "43201", "InvalidAttributeValue;Sender")]
    [InlineData("VisibilityTimeout", "-1", "InvalidAttributeValue;Sender")]
    [InlineData("MaximumMessageSize", "1023", "InvalidAttributeValue;Sender")]
    [InlineData("MaximumMessageSize", "1048577", "InvalidAttributeValue;Sender")]
    [InlineData("FifoQueue", "true", "InvalidAttributeName;Sender")]
    [InlineData("DeduplicationScope", "queue", "InvalidAttributeName;Sender")]
    [InlineData("ApproximateNumberOfMessages", "1", "InvalidAttributeName;Sender")]
    public async Task An_attribute_that_cannot_be_set_is_refused_with_its_own_code(string name, string value, string error)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");

        Assert.Equal(error, await cloud.SqsErrorAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = new JsonObject { [name] = value } }));
    }

    [Fact]
    public async Task Tags_and_tag_keys_must_be_there()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");

        Assert.Equal("MissingParameter;Sender", await cloud.SqsErrorAsync("TagQueue", new() { ["QueueUrl"] = queue }));
        Assert.Equal("InvalidParameterValue;Sender", await cloud.SqsErrorAsync("UntagQueue", new() { ["QueueUrl"] = queue }));
    }

    [Fact]
    public async Task A_shorter_retention_period_holds_for_messages_that_are_there_already()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        await cloud.SendAsync(queue, "old");
        cloud.Time.Advance(TimeSpan.FromSeconds(61));
        await cloud.SendAsync(queue, "new");

        await cloud.SqsAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = new JsonObject { ["MessageRetentionPeriod"] = "60" } });

        Assert.Equal(["new"], await cloud.BodiesAsync(queue));
    }

    [Theory]
    [InlineData("orders", "OverLimit")]
    [InlineData("orders.fifo", null)]
    public async Task A_standard_queue_with_120_000_messages_in_flight_says_so_and_a_fifo_queue_is_silent(string name, string? error)
    {
        var sqs = new SqsService(new CloudOptions { Time = new FakeTime() });
        Dictionary<string, string> attributes = name == "orders" ? [] : new() { ["FifoQueue"] = "true" };
        var queue = sqs.Create(name, attributes, new Dictionary<string, string>());
        for (var i = 0; i <= 120_000; i++)
        {
            queue.Send(new NewMessage([1], []) { GroupId = error is null ? $"{i}" : null, DeduplicationId = error is null ? $"{i}" : null });
        }

        var received = 0;
        while (received < 120_000)
        {
            received += (await queue.ReceiveAsync(new ReceiveRequest(10), TestContext.Current.CancellationToken)).Count;
        }

        var more = async () => await queue.ReceiveAsync(new ReceiveRequest(10), TestContext.Current.CancellationToken);
        if (error is null)
        {
            Assert.Empty(await more());
        }
        else
        {
            Assert.Equal(error, (await Assert.ThrowsAsync<ServiceException>(more)).Code);
        }
    }

    [Fact]
    public async Task Two_kinds_of_encryption_at_once_are_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var both = new JsonObject { ["KmsMasterKeyId"] = "alias/k", ["SqsManagedSseEnabled"] = "true" };

        Assert.Equal("InvalidAttributeValue;Sender", await cloud.SqsErrorAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = both }));
    }
}
