using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sns;

public class DeliveryTests
{
    private static readonly string[] SignedMembers = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];

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

        var envelope = JsonNode.Parse((await cloud.BodiesAsync(queue))[0])!;
        var text = string.Concat(SignedMembers.Select(name => $"{name}\n{(string)envelope[name]!}\n"));
        var pem = await cloud.Client.GetStringAsync(new Uri((string)envelope["SigningCertURL"]!), TestContext.Current.CancellationToken);
        using var certificate = X509Certificate2.CreateFromPem(pem);
        using var key = certificate.GetRSAPublicKey()!;

        Assert.Equal(version, (string)envelope["SignatureVersion"]!);
        Assert.True(key.VerifyData(
            Encoding.UTF8.GetBytes(text), Convert.FromBase64String((string)envelope["Signature"]!),
            version == "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
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

    private static (string, string)[] Attributes(string prefix, int count) => [.. Enumerable.Range(0, count).SelectMany(i => new[]
    {
        ($"MessageAttributes.entry.{i + 1}.Name", $"{prefix}{i}"), ($"MessageAttributes.entry.{i + 1}.Value.DataType", "String"), ($"MessageAttributes.entry.{i + 1}.Value.StringValue", "v"),
    })];
}
