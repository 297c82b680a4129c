using System.Text.Json.Nodes;

namespace LocalCloud.Tests.S3;

public class NotificationTests
{
    [Fact]
    public async Task A_queue_hears_of_what_it_asked_for_after_a_test_event()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var queue = await cloud.CreateQueueAsync("events");
        await SetAsync(s3, queue, "<Event>s3:ObjectCreated:*</Event>", "<Filter><S3Key><FilterRule><Name>prefix</Name><Value>in/</Value></FilterRule><FilterRule><Name>suffix</Name><Value>.txt</Value></FilterRule></S3Key></Filter>");
        var test = Assert.Single(await cloud.BodiesAsync(queue));

        await s3.PutAsync("/bucket/in/a%20b%2Bc.txt", "hello");
        await s3.PutAsync("/bucket/in/other.pdf", "hello");
        await s3.PutAsync("/bucket/out/a.txt", "hello");
        await s3.SendAsync("DELETE", "/bucket/in/a%20b%2Bc.txt");

        Assert.Equal("s3:TestEvent", (string?)JsonNode.Parse(test)!["Event"]);
        var record = Record(Assert.Single(await cloud.BodiesAsync(queue)));
        Assert.Equal(("2.1", "aws:s3", "us-east-1", "ObjectCreated:Put"), ((string)record["eventVersion"]!, (string)record["eventSource"]!, (string)record["awsRegion"]!, (string)record["eventName"]!));
        Assert.Equal("2026-11-20T12:00:00.000Z", (string?)record["eventTime"]);
        Assert.Equal(("bucket", "arn:aws:s3:::bucket"), ((string)record["s3"]!["bucket"]!["name"]!, (string)record["s3"]!["bucket"]!["arn"]!));
        var item = record["s3"]!["object"]!;
        Assert.Equal(("in/a+b%2Bc.txt", 5, "5d41402abc4b2a76b9719d911017c592"), ((string)item["key"]!, (int)item["size"]!, (string)item["eTag"]!));
    }

    [Fact]
    public async Task Every_way_to_change_an_object_has_its_event_and_later_ones_a_higher_sequencer()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var queue = await cloud.CreateQueueAsync("events");
        await SetAsync(s3, queue, "<Event>s3:ObjectCreated:*</Event><Event>s3:ObjectRemoved:*</Event><Event>s3:ObjectTagging:*</Event>");
        await cloud.BodiesAsync(queue);

        await s3.PutAsync("/bucket/k", "x");
        await s3.SendAsync("PUT", "/bucket/copy", [], ("x-amz-copy-source", "/bucket/k"));
        await s3.PutAsync("/bucket/k?tagging", "<Tagging><TagSet/></Tagging>");
        await s3.SendAsync("DELETE", "/bucket/k");
        var records = (await cloud.BodiesAsync(queue)).Select(Record).OrderBy(record => (string)record["s3"]!["object"]!["sequencer"]!, StringComparer.Ordinal);

        Assert.Equal(["ObjectCreated:Put", "ObjectCreated:Copy", "ObjectTagging:Put", "ObjectRemoved:Delete"], records.Select(record => (string)record["eventName"]!));
    }

    [Fact]
    public async Task A_topic_hears_too_and_expiry_is_an_event()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        var (queue, topic) = (await cloud.CreateQueueAsync("events"), await cloud.CreateTopicAsync("topic"));
        await cloud.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));
        await s3.PutAsync("/bucket?lifecycle", "<LifecycleConfiguration><Rule><Filter/><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>");
        await s3.PutAsync("/bucket?notification", $"<NotificationConfiguration><TopicConfiguration><Topic>{topic}</Topic><Event>s3:LifecycleExpiration:*</Event></TopicConfiguration></NotificationConfiguration>");
        await cloud.DeleteAsync(queue, Assert.Single(await cloud.ReceiveAsync(queue)));
        await s3.PutAsync("/bucket/k", "x");

        cloud.Time.Advance(TimeSpan.FromDays(2));
        await s3.KeysAsync("/bucket");

        Assert.Equal("LifecycleExpiration:Delete", (string?)Record(Assert.Single(await cloud.BodiesAsync(queue)))["eventName"]);
    }

    [Theory]
    [InlineData("<QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:nowhere</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration>", 400, "InvalidArgument")]
    [InlineData("<QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:events</Queue><Event>s3:Nothing</Event></QueueConfiguration>", 400, "InvalidArgument")]
    [InlineData("<QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:events</Queue></QueueConfiguration>", 400, "MalformedXML")]
    [InlineData("<CloudFunctionConfiguration/>", 501, "NotImplemented")]
    [InlineData("<QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:events</Queue><Event>s3:ObjectCreated:*</Event></QueueConfiguration><QueueConfiguration><Queue>arn:aws:sqs:us-east-1:000000000000:events</Queue><Event>s3:ObjectCreated:Put</Event></QueueConfiguration>", 400, "InvalidArgument")]
    public async Task A_configuration_that_cannot_work_is_refused(string configuration, int status, string code)
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await cloud.CreateQueueAsync("events");

        Assert.Equal((status, code), (await s3.PutAsync("/bucket?notification", $"<NotificationConfiguration>{configuration}</NotificationConfiguration>")).Error);
    }

    private static async Task SetAsync(S3Client s3, string queue, string events, string filter = "") => Assert.Equal(200, (await s3.PutAsync(
        "/bucket?notification",
        $"<NotificationConfiguration><QueueConfiguration><Queue>{TestCloud.ArnOf(queue)}</Queue>{events}{filter}</QueueConfiguration></NotificationConfiguration>")).Status);

    private static JsonNode Record(string body) => Assert.Single(JsonNode.Parse(body)!["Records"]!.AsArray())!;
}
