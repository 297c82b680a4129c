using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Aws.Tests.Loopback;

namespace Aws.Tests.SimpleNotificationService;

public class SnsWireTests
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:booking-events";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_published_as_a_form()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, """
            <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
              <PublishResult><MessageId>m-1</MessageId><SequenceNumber>7</SequenceNumber></PublishResult>
              <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>
            </PublishResponse>
            """));
        using var client = Client(server);

        var response = await client.PublishAsync(
            new PublishRequest(Topic, """{"a":"ü & 😀"}""")
            {
                MessageGroupId = "g",
                MessageAttributes = new()
                {
                    ["type"] = new() { DataType = "String", StringValue = "t" },
                    ["bytes"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2, 3]) },
                },
            },
            Cancellation);

        Assert.Equal(
            [
                "Action=Publish", "Message={\"a\":\"ü & 😀\"}",
                "MessageAttributes.entry.1.Name=type", "MessageAttributes.entry.1.Value.DataType=String", "MessageAttributes.entry.1.Value.StringValue=t",
                "MessageAttributes.entry.2.Name=bytes", "MessageAttributes.entry.2.Value.BinaryValue=AQID", "MessageAttributes.entry.2.Value.DataType=Binary",
                "MessageGroupId=g", $"TopicArn={Topic}", "Version=2010-03-31",
            ],
            Decode(server.Only.Body));
        Assert.Contains("%22%3A%22%C3%BC%20%26%20%F0%9F%98%80%22%7D", server.Only.Body, StringComparison.Ordinal);
        Assert.StartsWith("application/x-www-form-urlencoded", server.Only.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("/eu-west-1/sns/aws4_request", server.Only.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal(("m-1", "7"), (response.MessageId, response.SequenceNumber));
    }

    [Fact]
    public async Task A_batch_tells_the_published_from_the_refused()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, """
            <PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult>
              <Failed><member><Id>2</Id><Code>InternalError</Code><Message>no &amp; no</Message><SenderFault>false</SenderFault></member></Failed>
              <Successful>
                <member><Id>1</Id><MessageId>m-1</MessageId><SequenceNumber>7</SequenceNumber></member>
                <member><Id>3</Id><MessageId>m-3</MessageId></member>
              </Successful>
            </PublishBatchResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishBatchResponse>
            """));
        using var client = Client(server);

        var response = await client.PublishBatchAsync(
            new PublishBatchRequest
            {
                TopicArn = Topic,
                PublishBatchRequestEntries =
                [
                    new() { Id = "1", Message = "one", MessageGroupId = "g", MessageDeduplicationId = "d" },
                    new() { Id = "2", Message = "two", MessageAttributes = new() { ["type"] = new() { DataType = "String", StringValue = "t" } } },
                ],
            },
            Cancellation);

        Assert.Equal(
            [
                "Action=PublishBatch",
                "PublishBatchRequestEntries.member.1.Id=1", "PublishBatchRequestEntries.member.1.Message=one",
                "PublishBatchRequestEntries.member.1.MessageDeduplicationId=d", "PublishBatchRequestEntries.member.1.MessageGroupId=g",
                "PublishBatchRequestEntries.member.2.Id=2", "PublishBatchRequestEntries.member.2.Message=two",
                "PublishBatchRequestEntries.member.2.MessageAttributes.entry.1.Name=type",
                "PublishBatchRequestEntries.member.2.MessageAttributes.entry.1.Value.DataType=String",
                "PublishBatchRequestEntries.member.2.MessageAttributes.entry.1.Value.StringValue=t",
                $"TopicArn={Topic}", "Version=2010-03-31",
            ],
            Decode(server.Only.Body));
        Assert.Equal([("1", "m-1", "7"), ("3", "m-3", null)], response.Successful!.Select(entry => (entry.Id, entry.MessageId, entry.SequenceNumber)));
        var failed = Assert.Single(response.Failed!);
        Assert.Equal(("2", "InternalError", "no & no", false), (failed.Id, failed.Code, failed.Message, failed.SenderFault));
    }

    [Fact]
    public async Task A_missing_topic_is_an_exception_of_its_own()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(
            404,
            """<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error><RequestId>r-1</RequestId></ErrorResponse>""",
            new() { ["x-amzn-RequestId"] = "r-1" }));
        using var client = Client(server);

        var error = await Assert.ThrowsAsync<NotFoundException>(() => client.PublishAsync(new PublishRequest(Topic, "text"), Cancellation));

        Assert.Equal(
            ("Topic does not exist", "NotFound", "r-1", ErrorType.Sender, System.Net.HttpStatusCode.NotFound),
            (error.Message, error.ErrorCode, error.RequestId, error.ErrorType, error.StatusCode));
    }

    private static IEnumerable<string> Decode(string form) => form.Split('&').Select(Uri.UnescapeDataString).Order(StringComparer.Ordinal);

    private static AmazonSimpleNotificationServiceClient Client(LoopbackServer server) => new(
        new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
        new AmazonSimpleNotificationServiceConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-west-1" });
}
