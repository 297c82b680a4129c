using System.Net.Http.Headers;
using System.Text;

namespace LocalCloud.Tests;

/// <summary>Requests mangled by a fixed seed: whatever comes in, the answer is the service's own, and soon.</summary>
public class FuzzTests
{
    private static readonly string[] Json =
    [
        """{"QueueUrl":"q","MessageBody":"x","DelaySeconds":1,"MessageAttributes":{"a":{"DataType":"Binary","BinaryValue":"AAE="}}}""",
        """{"QueueUrl":"q","Entries":[{"Id":"1","MessageBody":"x"},{"Id":"2","ReceiptHandle":"y","VisibilityTimeout":1}]}""",
        """{"QueueName":"q2","Attributes":{"RedrivePolicy":"{\"deadLetterTargetArn\":\"x\",\"maxReceiveCount\":1}","Policy":"{}"},"tags":{"a":"b"}}""",
        """{"QueueUrl":"q","AttributeNames":["All"],"MaxNumberOfMessages":10,"TaskHandle":"e30=","SourceArn":"arn","Label":"l","AWSAccountIds":["1"],"Actions":["*"]}""",
    ];

    private static readonly string[] Forms =
    [
        "Action=Publish&TopicArn=arn:aws:sns:us-east-1:000000000000:t&Message=%7B%22k%22%3A1%7D&MessageAttributes.entry.1.Name=k&MessageAttributes.entry.1.Value.DataType=String.Array&MessageAttributes.entry.1.Value.StringValue=%5B1%5D",
        "Action=Subscribe&TopicArn=arn:aws:sns:us-east-1:000000000000:t&Protocol=sqs&Endpoint=arn:aws:sqs:us-east-1:000000000000:q&Attributes.entry.1.key=FilterPolicy&Attributes.entry.1.value=%7B%22k%22%3A%5B%7B%22numeric%22%3A%5B%22%3E%22%2C1%5D%7D%5D%7D",
        "Action=PublishBatch&TopicArn=arn:aws:sns:us-east-1:000000000000:t&PublishBatchRequestEntries.member.1.Id=1&PublishBatchRequestEntries.member.1.Message=x",
        "Action=SendMessageBatch&Version=2012-11-05&QueueUrl=q&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=b&SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=n",
    ];

    [Fact]
    public async Task No_mangled_request_makes_a_service_fail_or_hang()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.CreateQueueAsync("q");
        await cloud.CreateTopicAsync("t");
        var random = new Random(20261120);
        var operations = LocalCloud.Sqs.SqsOperations.All.Keys.Order(StringComparer.Ordinal).ToArray();
        for (var i = 0; i < 3_000; i++)
        {
            using var request = i % 2 == 0 ? JsonRequest(cloud, random, operations) : FormRequest(cloud, random);
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            using var response = await cloud.Client.SendAsync(request, deadline.Token);

            Assert.True((int)response.StatusCode < 500 || (int)response.StatusCode == 501, $"request {i} gave {response.StatusCode}");
        }
    }

    private static HttpRequestMessage JsonRequest(TestCloud cloud, Random random, string[] operations)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint) { Content = new ByteArrayContent(Mangle(Json[random.Next(Json.Length)], random)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", "AmazonSQS." + operations[random.Next(operations.Length)]);
        request.Headers.TryAddWithoutValidation("Authorization", TestCloud.Root("sqs"));
        return request;
    }

    private static HttpRequestMessage FormRequest(TestCloud cloud, Random random)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint) { Content = new ByteArrayContent(Mangle(Forms[random.Next(Forms.Length)], random)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation("Authorization", TestCloud.Root(random.Next(2) == 0 ? "sns" : "sqs"));
        return request;
    }

    // Flips, drops, doubles or swaps a few bytes.
    private static byte[] Mangle(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var edits = random.Next(4); edits > 0 && bytes.Count > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at) + 1);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at) + 1));
                    break;
                default:
                    bytes.Insert(at, (byte)"{}[]\"\\&=%.,:0-"[random.Next(14)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
