using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Lambda.Queues;

namespace LocalCloud.Tests.Lambda.Queues;

public class SqsEventTests
{
    private const string Arn = "arn:aws:sqs:eu-central-1:123456789012:orders";

    [Fact]
    public void A_record_has_the_members_that_Lambda_gives_it()
    {
        var message = JsonNode.Parse("""
            { "MessageId": "m1", "ReceiptHandle": "r1", "Body": "ü 漢 <>", "MD5OfBody": "abc", "MD5OfMessageAttributes": "def",
              "Attributes": { "ApproximateReceiveCount": "1", "SentTimestamp": "1700000000000", "MessageGroupId": "g" },
              "MessageAttributes": { "type": { "DataType": "String", "StringValue": "x" }, "blob": { "DataType": "Binary", "BinaryValue": "AQI=" } } }
            """)!.AsObject();

        var (messages, payload) = Assert.Single(SqsEvent.Split([message], Arn, "eu-central-1", 6_000_000));

        Assert.Same(message, Assert.Single(messages));
        Assert.Equal(
            "{'Records':[{'messageId':'m1','receiptHandle':'r1','body':'ü 漢 <>','attributes':{'ApproximateReceiveCount':'1','SentTimestamp':'1700000000000','MessageGroupId':'g'},"
            + "'messageAttributes':{'type':{'stringValue':'x','stringListValues':[],'binaryListValues':[],'dataType':'String'},'blob':{'binaryValue':'AQI=','stringListValues':[],'binaryListValues':[],'dataType':'Binary'}},"
            + "'md5OfMessageAttributes':'def','md5OfBody':'abc','eventSource':'aws:sqs','eventSourceARN':'arn:aws:sqs:eu-central-1:123456789012:orders','awsRegion':'eu-central-1'}]}",
            Encoding.UTF8.GetString(payload.Span).Replace('"', '\''));
    }

    [Fact]
    public void A_batch_larger_than_the_limit_becomes_several_events_in_order()
    {
        var messages = Enumerable.Range(0, 5).Select(number => new JsonObject
        {
            ["MessageId"] = $"{number}",
            ["ReceiptHandle"] = "r",
            ["Body"] = new string('x', 1000),
            ["MD5OfBody"] = "h",
        }).ToList();

        var parts = SqsEvent.Split(messages, Arn, "eu-central-1", 3000).ToList();

        Assert.Equal([2, 2, 1], parts.Select(part => part.Messages.Count));
        Assert.All(parts, part => Assert.InRange(part.Payload.Length, 1000, 3000));
        Assert.Equal(["0", "1", "2", "3", "4"], parts.SelectMany(part => JsonNode.Parse(part.Payload.Span)!["Records"]!.AsArray().Select(record => record!["messageId"]!.GetValue<string>())));
    }
}
