using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sns;

public class DeliveryTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task An_envelope_s_signature_can_be_verified_with_its_certificate(string version)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var topic = await cloud.CreateTopicAsync("events", ("SignatureVersion", version));
        await cloud.SubscribeAsync(topic, queue);
        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "héllo\n\"x\""), ("Subject", "s"));

        var envelope = (await cloud.BodiesAsync(queue))[0];
        Assert.Equal(version, (string)JsonNode.Parse(envelope)!["SignatureVersion"]!);
        await Signatures.VerifyAsync(cloud, envelope);
    }

    [Fact]
    public async Task Raw_delivery_sends_the_message_and_its_attributes_as_they_are()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));
        await cloud.SnsAsync("Publish", [("TopicArn", topic), ("Message", "plain"), .. Attributes("n", 1)]);

        var message = Assert.Single(await cloud.ReceiveAsync(queue));

        Assert.Equal("plain", (string)message["Body"]!);
        Assert.Equal("v", (string)message["MessageAttributes"]!["n0"]!["StringValue"]!);
    }

    [Fact]
    public async Task A_raw_message_with_eleven_attributes_does_not_reach_the_queue()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));
        await cloud.SnsAsync("Publish", [("TopicArn", topic), ("Message", "ten"), .. Attributes("n", 10)]);
        await cloud.SnsAsync("Publish", [("TopicArn", topic), ("Message", "eleven"), .. Attributes("n", 11)]);

        Assert.Equal(["ten"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task What_a_deleted_queue_cannot_take_goes_to_the_subscription_s_dead_letter_queue()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (queue, dead) = (await cloud.CreateQueueAsync("orders"), await cloud.CreateQueueAsync("dead"));
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SubscribeAsync(
            topic, queue, ("RawMessageDelivery", "true"), ("RedrivePolicy", new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(dead) }.ToJsonString()));
        await cloud.SqsAsync("DeleteQueue", new() { ["QueueUrl"] = queue });

        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", "lost"));

        Assert.Equal(["lost"], await cloud.BodiesAsync(dead));
    }

    [Fact]
    public async Task A_json_structure_picks_the_protocol_s_text_and_drops_attributes()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));
        await cloud.SnsAsync("Publish", [("TopicArn", topic), ("MessageStructure", "json"), ("Message", """{"default":"d","sqs":"q"}"""), .. Attributes("n", 1)]);

        var message = Assert.Single(await cloud.ReceiveAsync(queue));

        Assert.Equal("q", (string)message["Body"]!);
        Assert.False(message.ContainsKey("MessageAttributes"));
        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("Publish", ("TopicArn", topic), ("MessageStructure", "json"), ("Message", """{"sqs":"q"}""")));
    }

    [Fact]
    public async Task A_batch_answers_for_each_entry()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");

        var answer = await cloud.SnsAsync(
            "PublishBatch", ("TopicArn", topic),
            ("PublishBatchRequestEntries.member.1.Id", "good"), ("PublishBatchRequestEntries.member.1.Message", "x"),
            ("PublishBatchRequestEntries.member.2.Id", "bad"), ("PublishBatchRequestEntries.member.2.Message", ""));

        Assert.Equal("good", answer.Descendants("Successful").Single().Descendants("Id").Single().Value);
        Assert.Equal("bad", answer.Descendants("Failed").Single().Descendants("Id").Single().Value);
    }

    [Fact]
    public async Task A_message_over_the_topic_s_size_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var small = await cloud.CreateTopicAsync("small");
        var large = await cloud.CreateTopicAsync("large", ("MaximumMessageSize", "1048576"));

        Assert.Equal("InvalidParameter", await cloud.SnsErrorAsync("Publish", ("TopicArn", small), ("Message", new string('x', 262_145))));
        await cloud.SnsAsync("Publish", ("TopicArn", small), ("Message", new string('x', 262_144)));
        await cloud.SnsAsync("Publish", ("TopicArn", large), ("Message", new string('x', 1_048_576)));
    }

    [Fact]
    public async Task Links_lead_to_the_address_that_the_client_used()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var topic = await cloud.CreateTopicAsync("events");
        await cloud.SubscribeAsync(topic, queue);
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint)
        {
            Content = new FormUrlEncodedContent([new("Action", "Publish"), new("Version", "2010-03-31"), new("TopicArn", topic), new("Message", "x")]),
        };
        request.Headers.Host = "cloud.test:4566";
        request.Headers.TryAddWithoutValidation("Authorization", TestCloud.Root("sns"));
        using var answer = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var envelope = JsonNode.Parse((await cloud.BodiesAsync(queue))[0])!;

        Assert.StartsWith("http://cloud.test:4566/", (string)envelope["SigningCertURL"]!, StringComparison.Ordinal);
        Assert.StartsWith("http://cloud.test:4566/", (string)envelope["UnsubscribeURL"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TargetArn", "arn:aws:sns:us-east-1:000000000000:endpoint/GCM/app/1", "InvalidParameter")]
    [InlineData("PhoneNumber", "+15555550100", "InvalidParameter")]
    [InlineData("TopicArn", "arn:aws:sns:us-east-1:000000000000:nope", "NotFound")]
    [InlineData("TopicArn", "nope", "InvalidParameter")]
    public async Task A_target_that_is_no_topic_is_refused(string parameter, string target, string code)
    {
        await using var cloud = await TestCloud.StartAsync();

        Assert.Equal(code, await cloud.SnsErrorAsync("Publish", (parameter, target), ("Message", "x")));
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a b")]
    public async Task An_attribute_with_a_bad_name_fails_the_whole_batch(string name)
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");

        Assert.Equal("ParameterValueInvalid", await cloud.SnsErrorAsync(
            "PublishBatch", ("TopicArn", topic), ("PublishBatchRequestEntries.member.1.Id", "a"), ("PublishBatchRequestEntries.member.1.Message", "x"),
            ("PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Name", name),
            ("PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.DataType", "String"),
            ("PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue", "v")));
    }

    [Fact]
    public async Task A_batch_s_size_counts_its_attributes()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("events");
        (string, string)[] Entry(int length) =>
        [
            ("TopicArn", topic), ("PublishBatchRequestEntries.member.1.Id", "a"), ("PublishBatchRequestEntries.member.1.Message", new string('x', length)),
            ("PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Name", "n"),
            ("PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.DataType", "String"),
            ("PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue", "v"),
        ];

        await cloud.SnsAsync("PublishBatch", Entry(262_144 - 8));
        Assert.Equal("BatchRequestTooLong", await cloud.SnsErrorAsync("PublishBatch", Entry(262_144 - 7)));
    }

    private static (string, string)[] Attributes(string prefix, int count) => [.. Enumerable.Range(0, count).SelectMany(i => new[]
    {
        ($"MessageAttributes.entry.{i + 1}.Name", $"{prefix}{i}"), ($"MessageAttributes.entry.{i + 1}.Value.DataType", "String"), ($"MessageAttributes.entry.{i + 1}.Value.StringValue", "v"),
    })];
}
