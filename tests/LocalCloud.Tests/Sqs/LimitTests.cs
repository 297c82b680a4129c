using System.Text;
using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sqs;

public class LimitTests
{
    [Fact]
    public async Task A_body_may_have_one_mebibyte_and_not_a_byte_more_attributes_counted_in()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var attribute = new JsonObject { ["k"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = "v" } };

        await cloud.SendAsync(queue, new string('x', 1_048_576));
        Assert.Equal("InvalidParameterValue;Sender", await cloud.SqsErrorAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = new string('x', 1_048_577) }));
        Assert.Equal(
            "InvalidParameterValue;Sender",
            await cloud.SqsErrorAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = new string('x', 1_048_570), ["MessageAttributes"] = attribute }));
    }

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\u000b")]
    [InlineData("\\uffff")]
    public async Task A_character_outside_xml_is_refused(string escaped)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");

        var (status, _, error) = await cloud.SqsRawAsync("SendMessage", Encoding.UTF8.GetBytes($$"""{"QueueUrl":"{{queue}}","MessageBody":"a{{escaped}}"}"""));

        Assert.Equal((400, "InvalidMessageContents;Sender"), (status, error));
    }

    [Theory]
    [InlineData("""{"QueueUrl":"q","MessageBody":"\ud800"}""")]
    [InlineData("""{"QueueUrl":"q","MessageBody":1}""")]
    [InlineData("""{"QueueUrl":"q","MessageBody":"x" """)]
    [InlineData("""[1]""")]
    [InlineData("\xff\xfe")]
    public async Task A_malformed_body_is_the_client_s_error(string body)
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.CreateQueueAsync("q");

        var (status, answer, _) = await cloud.SqsRawAsync("SendMessage", Encoding.Latin1.GetBytes(body));

        Assert.Equal((400, "com.amazon.coral.service#SerializationException"), (status, (string)answer["__type"]!));
    }

    [Fact]
    public async Task A_request_over_two_mebibytes_gets_an_error_and_not_a_closed_connection()
    {
        await using var cloud = await TestCloud.StartAsync();

        var (status, answer, _) = await cloud.SqsRawAsync("SendMessage", new byte[5_000_000]);

        Assert.Equal((413, "com.amazon.coral.service#RequestEntityTooLargeException"), (status, (string)answer["__type"]!));
    }

    [Theory]
    [InlineData("AWS.x", "String", "v")]
    [InlineData("a..b", "String", "v")]
    [InlineData("ok", "Text", "v")]
    [InlineData("ok", "String", "")]
    [InlineData("ok", "Number", "one")]
    public async Task An_attribute_with_a_bad_name_type_or_value_is_refused(string name, string type, string value)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var attributes = new JsonObject { [name] = new JsonObject { ["DataType"] = type, ["StringValue"] = value } };

        Assert.Equal(
            "InvalidParameterValue;Sender",
            await cloud.SqsErrorAsync("SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = "x", ["MessageAttributes"] = attributes }));
    }

    [Theory]
    [InlineData("MaxNumberOfMessages", 0)]
    [InlineData("MaxNumberOfMessages", 11)]
    [InlineData("WaitTimeSeconds", 21)]
    [InlineData("VisibilityTimeout", 43_201)]
    public async Task A_receive_out_of_range_is_refused(string parameter, int value)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");

        Assert.Equal("InvalidParameterValue;Sender", await cloud.SqsErrorAsync("ReceiveMessage", new() { ["QueueUrl"] = queue, [parameter] = value }));
    }

    [Theory]
    [InlineData("DelaySeconds", "901")]
    [InlineData("MaximumMessageSize", "1023")]
    [InlineData("MessageRetentionPeriod", "59")]
    [InlineData("VisibilityTimeout", "-1")]
    [InlineData("Policy", "no json")]
    public async Task A_queue_attribute_out_of_range_is_refused_and_nothing_changes(string name, string value)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");

        Assert.Equal("InvalidAttributeValue;Sender", await cloud.SqsErrorAsync("SetQueueAttributes", new()
        {
            ["QueueUrl"] = queue,
            ["Attributes"] = new JsonObject { ["ReceiveMessageWaitTimeSeconds"] = "20", [name] = value },
        }));

        Assert.Null((await cloud.SqsAsync("ReceiveMessage", new() { ["QueueUrl"] = queue }))["Messages"]);
    }
}
