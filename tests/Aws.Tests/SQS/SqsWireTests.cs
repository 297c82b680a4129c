using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Aws.Tests.Loopback;

namespace Aws.Tests.SQS;

public class SqsWireTests
{
    private const string Queue = "https://sqs.eu-west-1.amazonaws.com/123456789012/tasks";
    private static readonly AWSCredentials _credentials = new SessionAWSCredentials("AKIDEXAMPLE", "secret", "token");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_sent_as_JSON_with_all_that_it_has()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(
            200,
            """{"MessageId":"m-1","MD5OfMessageBody":"b","MD5OfMessageAttributes":"a","SequenceNumber":"7","New":{"in":[1]}}""",
            new() { ["x-amzn-RequestId"] = "r-1" }));
        using var client = Client(server);

        var response = await client.SendMessageAsync(
            new SendMessageRequest(Queue, """{"über":"a<b"}""")
            {
                DelaySeconds = 5,
                MessageGroupId = "g",
                MessageDeduplicationId = "d",
                MessageAttributes = new()
                {
                    ["type"] = new() { DataType = "String", StringValue = "booking.confirmed.v1" },
                    ["bytes"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2, 3]) },
                },
            },
            Cancellation);

        Assert.Equal(
            """{"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/123456789012/tasks","MessageBody":"{\"über\":\"a<b\"}","DelaySeconds""" + '"' +
            """:5,"MessageDeduplicationId":"d","MessageGroupId":"g","MessageAttributes":{"type":{"DataType":"String","StringValue""" + '"' +
            """:"booking.confirmed.v1"},"bytes":{"DataType":"Binary","BinaryValue":"AQID"}}}""",
            server.Only.Body);
        Assert.Equal("POST /", server.Only.Method + " " + server.Only.Target);
        Assert.Equal("AmazonSQS.SendMessage", server.Only.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.0", server.Only.Headers["Content-Type"]);
        Assert.Equal("token", server.Only.Headers["X-Amz-Security-Token"]);
        Assert.Matches(
            "^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-west-1/sqs/aws4_request, SignedHeaders=.*host;.*x-amz-date;x-amz-security-token;.*x-amz-target, Signature=[0-9a-f]{64}$",
            server.Only.Headers["Authorization"]);
        Assert.Equal(("m-1", "7", "b", "a"), (response.MessageId, response.SequenceNumber, response.MD5OfMessageBody, response.MD5OfMessageAttributes));
        Assert.Equal(("r-1", System.Net.HttpStatusCode.OK), (response.ResponseMetadata.RequestId, response.HttpStatusCode));
    }

    [Fact]
    public async Task What_a_request_leaves_open_is_not_sent()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, """{"MessageId":"m-1"}"""));
        using var client = Client(server);

        await client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation);

        Assert.Equal("""{"QueueUrl":"q","MessageBody":"text"}""", server.Only.Body);
    }

    [Fact]
    public async Task A_large_message_arrives_whole()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, """{"MessageId":"m-1"}"""));
        using var client = Client(server);
        var text = string.Concat(Enumerable.Repeat("0123456789abcdef", 64 * 1024));

        await client.SendMessageAsync(new SendMessageRequest("q", text), Cancellation);

        Assert.Equal($$"""{"QueueUrl":"q","MessageBody":"{{text}}"}""", server.Only.Body);
    }

    [Fact]
    public async Task A_batch_tells_the_sent_from_the_refused()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, """
            {"Successful":[{"Id":"1","MessageId":"m-1","MD5OfMessageBody":"b","SequenceNumber":"9"}],
             "Failed":[{"Id":"2","Code":"InternalError","Message":"no","SenderFault":false}]}
            """));
        using var client = Client(server);

        var response = await client.SendMessageBatchAsync(
            new SendMessageBatchRequest("q", [new("1", "one") { MessageGroupId = "g" }, new("2", "two") { DelaySeconds = 1 }]),
            Cancellation);

        Assert.Equal(
            """{"QueueUrl":"q","Entries":[{"Id":"1","MessageBody":"one","MessageGroupId":"g"},{"Id":"2","MessageBody":"two","DelaySeconds":1}]}""",
            server.Only.Body);
        Assert.Equal("AmazonSQS.SendMessageBatch", server.Only.Headers["X-Amz-Target"]);
        var sent = Assert.Single(response.Successful!);
        Assert.Equal(("1", "m-1", "9"), (sent.Id, sent.MessageId, sent.SequenceNumber));
        var failed = Assert.Single(response.Failed!);
        Assert.Equal(("2", "InternalError", "no", false), (failed.Id, failed.Code, failed.Message, failed.SenderFault));
    }

    [Fact]
    public async Task Received_messages_have_bodies_and_both_kinds_of_attributes()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, """
            {"Messages":[{"MessageId":"m-1","ReceiptHandle":"h","Body":"\u00fcber","MD5OfBody":"b",
              "Attributes":{"ApproximateReceiveCount":"2"},
              "MessageAttributes":{"type":{"DataType":"String","StringValue":"t"},"bytes":{"DataType":"Binary","BinaryValue":"AQID"}}}]}
            """));
        using var client = Client(server);

        var response = await client.ReceiveMessageAsync(
            new ReceiveMessageRequest("q")
            {
                MaxNumberOfMessages = 10,
                WaitTimeSeconds = 20,
                VisibilityTimeout = 30,
                MessageAttributeNames = ["All"],
                MessageSystemAttributeNames = ["ApproximateReceiveCount"],
            },
            Cancellation);

        Assert.Equal(
            """{"QueueUrl":"q","MaxNumberOfMessages":10,"MessageAttributeNames":["All"],"MessageSystemAttributeNames":["ApproximateReceiveCount"],"VisibilityTimeout":30,"WaitTimeSeconds":20}""",
            server.Only.Body);
        var message = Assert.Single(response.Messages!);
        Assert.Equal(("m-1", "h", "über", "b"), (message.MessageId, message.ReceiptHandle, message.Body, message.MD5OfBody));
        Assert.Equal("2", message.Attributes!["ApproximateReceiveCount"]);
        Assert.Equal("t", message.MessageAttributes!["type"].StringValue);
        Assert.Equal([1, 2, 3], message.MessageAttributes["bytes"].BinaryValue!.ToArray());
    }

    [Fact]
    public async Task No_messages_are_null_as_in_the_official_package()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, "{}"));
        using var client = Client(server);

        Assert.Null((await client.ReceiveMessageAsync(new ReceiveMessageRequest("q"), Cancellation)).Messages);
    }

    [Fact]
    public async Task Messages_are_deleted_and_hidden_one_by_one()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200));
        using var client = Client(server);

        await client.DeleteMessageAsync(new DeleteMessageRequest("q", "h"), Cancellation);
        await client.ChangeMessageVisibilityAsync(new ChangeMessageVisibilityRequest("q", "h", 0), Cancellation);

        Assert.Equal(
            ["""AmazonSQS.DeleteMessage {"QueueUrl":"q","ReceiptHandle":"h"}""", """AmazonSQS.ChangeMessageVisibility {"QueueUrl":"q","ReceiptHandle":"h","VisibilityTimeout":0}"""],
            server.Requests.Select(request => $"{request.Headers["X-Amz-Target"]} {request.Body}"));
    }

    [Fact]
    public async Task Messages_are_deleted_and_hidden_in_batches()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(
            200, """{"Successful":[{"Id":"1"}],"Failed":[{"Id":"2","Code":"ReceiptHandleIsInvalid","SenderFault":true}]}"""));
        using var client = Client(server);

        var deleted = await client.DeleteMessageBatchAsync(new DeleteMessageBatchRequest("q", [new("1", "a"), new("2", "b")]), Cancellation);
        var changed = await client.ChangeMessageVisibilityBatchAsync(
            new ChangeMessageVisibilityBatchRequest("q", [new("1", "a") { VisibilityTimeout = 9 }]), Cancellation);

        Assert.Equal(
            [
                """AmazonSQS.DeleteMessageBatch {"QueueUrl":"q","Entries":[{"Id":"1","ReceiptHandle":"a"},{"Id":"2","ReceiptHandle":"b"}]}""",
                """AmazonSQS.ChangeMessageVisibilityBatch {"QueueUrl":"q","Entries":[{"Id":"1","ReceiptHandle":"a","VisibilityTimeout":9}]}""",
            ],
            server.Requests.Select(request => $"{request.Headers["X-Amz-Target"]} {request.Body}"));
        Assert.Equal(("1", "2", true), (deleted.Successful![0].Id, deleted.Failed![0].Id, deleted.Failed[0].SenderFault));
        Assert.Equal(("1", "ReceiptHandleIsInvalid"), (changed.Successful![0].Id, changed.Failed![0].Code));
    }

    [Fact]
    public async Task A_queue_is_found_by_name_and_tells_its_attributes()
    {
        await using var server = await LoopbackServer.StartAsync(
            new Answer(200, """{"QueueUrl":"q"}"""), new Answer(200, """{"Attributes":{"VisibilityTimeout":"30"}}"""));
        using var client = Client(server);

        var url = await client.GetQueueUrlAsync(new GetQueueUrlRequest("tasks") { QueueOwnerAWSAccountId = "123456789012" }, Cancellation);
        var attributes = await client.GetQueueAttributesAsync(new GetQueueAttributesRequest(url.QueueUrl, ["VisibilityTimeout"]), Cancellation);

        Assert.Equal("30", attributes.Attributes!["VisibilityTimeout"]);
        Assert.Equal(
            [
                """AmazonSQS.GetQueueUrl {"QueueName":"tasks","QueueOwnerAWSAccountId":"123456789012"}""",
                """AmazonSQS.GetQueueAttributes {"QueueUrl":"q","AttributeNames":["VisibilityTimeout"]}""",
            ],
            server.Requests.Select(request => $"{request.Headers["X-Amz-Target"]} {request.Body}"));
    }

    [Fact]
    public async Task A_missing_queue_is_an_exception_of_its_own()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(
            400,
            """{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}""",
            new() { ["x-amzn-query-error"] = "AWS.SimpleQueueService.NonExistentQueue;Sender", ["x-amzn-RequestId"] = "r-1" }));
        using var client = Client(server);

        var error = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation));

        Assert.Equal("The specified queue does not exist.", error.Message);
        Assert.Equal(
            ("AWS.SimpleQueueService.NonExistentQueue", "r-1", ErrorType.Sender, System.Net.HttpStatusCode.BadRequest),
            (error.ErrorCode, error.RequestId, error.ErrorType, error.StatusCode));
        Assert.Single(server.Requests);
    }

    private static AmazonSQSClient Client(LoopbackServer server) =>
        new(_credentials, new AmazonSQSConfig { ServiceURL = server.Url, AuthenticationRegion = "eu-west-1" });
}
