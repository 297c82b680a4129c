namespace LocalCloud.Tests.Sqs;

public class QueryProtocolTests
{
    private const string Version = "2012-11-05";

    [Fact]
    public async Task Attributes_and_batches_survive_the_older_protocol()
    {
        await using var cloud = await TestCloud.StartAsync();
        var (_, created) = await cloud.QueryAsync(
            Version, ("Action", "CreateQueue"), ("QueueName", "orders"), ("Attribute.1.Name", "DelaySeconds"), ("Attribute.1.Value", "0"), ("Tag.1.Key", "team"), ("Tag.1.Value", "rooms"));
        var queue = created.Descendants("QueueUrl").Single().Value;

        var (_, sent) = await cloud.QueryAsync(
            Version,
            ("Action", "SendMessageBatch"), ("QueueUrl", queue),
            ("SendMessageBatchRequestEntry.1.Id", "a"), ("SendMessageBatchRequestEntry.1.MessageBody", "x<&\r>y"),
            ("SendMessageBatchRequestEntry.1.MessageAttribute.1.Name", "n"),
            ("SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType", "Number"), ("SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue", "7"),
            ("SendMessageBatchRequestEntry.2.Id", "b"), ("SendMessageBatchRequestEntry.2.MessageBody", "z"), ("SendMessageBatchRequestEntry.2.DelaySeconds", "901"));
        var (_, received) = await cloud.QueryAsync(
            Version, ("Action", "ReceiveMessage"), ("QueueUrl", queue), ("AttributeName.1", "All"), ("MessageAttributeName.1", "All"), ("MaxNumberOfMessages", "10"));
        var (_, tags) = await cloud.QueryAsync(Version, ("Action", "ListQueueTags"), ("QueueUrl", queue));

        Assert.Equal("a", sent.Descendants("SendMessageBatchResultEntry").Single().Element("Id")!.Value);
        Assert.Equal("b", sent.Descendants("BatchResultErrorEntry").Single().Element("Id")!.Value);
        var message = received.Descendants("Message").Single();
        Assert.Equal("x<&\r>y", message.Element("Body")!.Value);
        Assert.Equal("7", message.Element("MessageAttribute")!.Element("Value")!.Element("StringValue")!.Value);
        Assert.Contains(message.Elements("Attribute"), attribute => attribute.Element("Name")!.Value == "SentTimestamp");
        Assert.Equal("rooms", tags.Descendants("Tag").Single().Element("Value")!.Value);
    }

    [Fact]
    public async Task Errors_come_as_xml_with_the_older_codes()
    {
        await using var cloud = await TestCloud.StartAsync();

        var (status, missing) = await cloud.QueryAsync(Version, ("Action", "GetQueueUrl"), ("QueueName", "nowhere"));
        var (_, unknown) = await cloud.QueryAsync(Version, ("Action", "Nonsense"));
        var (_, number) = await cloud.QueryAsync(Version, ("Action", "ReceiveMessage"), ("QueueUrl", "x"), ("WaitTimeSeconds", "soon"));

        Assert.Equal((400, "AWS.SimpleQueueService.NonExistentQueue"), (status, missing.Descendants("Code").Single().Value));
        Assert.Equal("InvalidAction", unknown.Descendants("Code").Single().Value);
        Assert.Equal("InvalidParameterValue", number.Descendants("Code").Single().Value);
    }
}
