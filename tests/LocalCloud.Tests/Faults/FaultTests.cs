using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Faults;
using LocalCloud.Tests.S3;

namespace LocalCloud.Tests.Faults;

public class FaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultKind.Throttle, 403, "RequestThrottled;Sender")]
    [InlineData(FaultKind.InternalError, 500, "InternalFailure;Receiver")]
    [InlineData(FaultKind.Unavailable, 503, "ServiceUnavailable;Receiver")]
    public async Task An_error_comes_in_the_words_of_the_service_and_nothing_is_done(FaultKind kind, int status, string error)
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("q");
        cloud.Server.SetFaults(One("sqs", "SendMessage", kind));

        var (actual, _, code) = await cloud.SqsRawAsync("SendMessage", Send(queue));

        Assert.Equal((status, error), (actual, code));
        Assert.Empty(await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task SNS_throttles_as_SNS_does()
    {
        await using var cloud = await TestCloud.StartAsync(One("sns", "*", FaultKind.Throttle));

        Assert.Equal("Throttling", await cloud.SnsErrorAsync("CreateTopic", ("Name", "t")));
    }

    [Fact]
    public async Task A_lost_response_breaks_the_connection_after_the_message_was_sent()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("q");
        cloud.Server.SetFaults(One("sqs", "SendMessage", FaultKind.LostResponse));

        await Assert.ThrowsAsync<HttpRequestException>(() => cloud.SendAsync(queue, "once"));

        Assert.Equal(["once"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_lost_response_of_S3_never_leaves_though_it_has_a_body()
    {
        var (cloud, s3) = await S3Client.StartAsync();
        await using var _ = cloud;
        await s3.PutAsync("/bucket/k", new string('x', 1024 * 1024));
        cloud.Server.SetFaults(One("s3", "GetObject", FaultKind.LostResponse));

        await Assert.ThrowsAsync<HttpRequestException>(() => s3.GetAsync("/bucket/k"));
    }

    [Fact]
    public async Task A_slow_answer_waits_by_the_clock_of_the_server()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("q");
        cloud.Server.SetFaults(new FaultPlan { Rules = [new() { Kind = FaultKind.Slow, Delay = TimeSpan.FromMinutes(10) }] });

        var send = cloud.SendAsync(queue, "late");
        await cloud.Time.UntilSomebodyWaitsAsync();
        Assert.False(send.IsCompleted);
        cloud.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.NotNull((await send)["MessageId"]);
    }

    [Fact]
    public async Task Part_of_a_batch_fails_on_the_receiver_s_side_and_the_rest_is_sent()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("q");
        cloud.Server.SetFaults(One("sqs", "SendMessageBatch", FaultKind.PartialBatch, 0.5));

        var answer = await cloud.SqsAsync("SendMessageBatch", new()
        {
            ["QueueUrl"] = queue,
            ["Entries"] = new JsonArray([.. Enumerable.Range(0, 10).Select(i => new JsonObject { ["Id"] = $"{i}", ["MessageBody"] = $"{i}" })]),
        });

        var sent = answer["Successful"]!.AsArray().Select(entry => (string)entry!["Id"]!).ToArray();
        var failed = answer["Failed"]!.AsArray();
        Assert.NotEmpty(sent);
        Assert.Equal(10, sent.Length + failed.Count);
        Assert.All(failed, entry => Assert.Equal(("InternalError", false), ((string)entry!["Code"]!, (bool)entry["SenderFault"]!)));
        Assert.Equal(sent, await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task Part_of_a_published_batch_fails_on_the_receiver_s_side()
    {
        await using var cloud = await TestCloud.StartAsync(One("sns", "PublishBatch", FaultKind.PartialBatch));
        var topic = await cloud.CreateTopicAsync("t");

        var answer = await cloud.SnsAsync(
            "PublishBatch", ("TopicArn", topic), ("PublishBatchRequestEntries.member.1.Id", "a"), ("PublishBatchRequestEntries.member.1.Message", "m"));

        Assert.Equal(("InternalError", "false"), (answer.Descendants("Code").Single().Value, answer.Descendants("SenderFault").Single().Value));
    }

    [Fact]
    public async Task A_duplicate_comes_under_the_same_id_even_when_the_first_was_deleted()
    {
        await using var cloud = await TestCloud.StartAsync(new FaultPlan { Rules = [new() { Service = "sqs", Kind = FaultKind.Duplicate, Delay = TimeSpan.FromSeconds(5) }] });
        var queue = await cloud.CreateQueueAsync("q");
        await cloud.SendAsync(queue, "m");

        var first = Assert.Single(await cloud.ReceiveAsync(queue));
        await cloud.DeleteAsync(queue, first);
        cloud.Time.Advance(TimeSpan.FromSeconds(5));

        var second = Assert.Single(await cloud.ReceiveAsync(queue));
        Assert.Equal((string)first["MessageId"]!, (string)second["MessageId"]!);
        await cloud.DeleteAsync(queue, second);
        cloud.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await cloud.ReceiveAsync(queue));
    }

    [Fact]
    public async Task Messages_overtake_each_other_in_a_standard_queue_but_not_in_a_FIFO_queue()
    {
        await using var cloud = await TestCloud.StartAsync(new FaultPlan { Rules = [new() { Kind = FaultKind.Reorder }, new() { Kind = FaultKind.Duplicate }] });
        var standard = await cloud.CreateQueueAsync("q");
        var fifo = await cloud.CreateQueueAsync("q.fifo", new() { ["FifoQueue"] = "true" });
        var bodies = Enumerable.Range(0, 10).Select(i => $"{i}").ToArray();
        foreach (var body in bodies)
        {
            await cloud.SendAsync(standard, body);
            await cloud.SendAsync(fifo, body, group: "g");
        }

        Assert.Equal(bodies, await cloud.BodiesAsync(fifo));
        cloud.Time.Advance(TimeSpan.FromSeconds(2));
        string[] received = [.. await cloud.BodiesAsync(standard), .. await cloud.BodiesAsync(standard), .. await cloud.BodiesAsync(standard)];
        Assert.Equal(20, received.Length);
        Assert.Equal(bodies, received.Distinct().Order());
        Assert.NotEqual(bodies, received.Distinct());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_run_whatever_else_is_called_and_another_seed_another_run()
    {
        var first = await RunAsync(seed: 1, noise: false);

        Assert.Equal(first, await RunAsync(seed: 1, noise: true));
        Assert.NotEqual(first, await RunAsync(seed: 2, noise: false));
        Assert.InRange(first.Count(failed => failed), 5, 25);
    }

    [Fact]
    public async Task Any_language_sets_shows_and_ends_faults_over_HTTP_which_never_hit_the_server_s_own_paths()
    {
        await using var cloud = await TestCloud.StartAsync();
        var path = new Uri(cloud.Endpoint, "/_local/faults");
        const string plan = """{"seed":7,"rules":[{"service":"*","action":"*","kind":"Unavailable","probability":1,"delaySeconds":1}]}""";

        using var put = await cloud.Client.PutAsync(path, new StringContent(plan), Ct);

        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.Equal(plan, await cloud.Client.GetStringAsync(path, Ct));
        Assert.Equal(503, (await cloud.SqsRawAsync("ListQueues", "{}"u8.ToArray())).Status);
        using var health = await cloud.Client.GetAsync(new Uri(cloud.Endpoint, "/health"), Ct);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        using var delete = await cloud.Client.DeleteAsync(path, Ct);
        Assert.Equal(200, (await cloud.SqsRawAsync("ListQueues", "{}"u8.ToArray())).Status);
    }

    [Theory]
    [InlineData("[]", "no JSON of the form")]
    [InlineData("{", "no JSON of the form")]
    [InlineData("""{"seeds":1}""", "seed and rules")]
    [InlineData("""{"rules":[{"service":"sqs"}]}""", "kind is unknown")]
    [InlineData("""{"rules":[{"kind":"Explode"}]}""", "one of Throttle")]
    [InlineData("""{"rules":[{"kind":"Slow","probability":1.5}]}""", "from 0 to 1")]
    [InlineData("""{"rules":[{"kind":"Slow","delaySeconds":901}]}""", "0 to 900 seconds")]
    [InlineData("""{"rules":[{"kind":"Slow","delaySeconds":1e300}]}""", "no JSON of the form")]
    [InlineData("""{"rules":[{"kind":"Duplicate","service":"sns"}]}""", "for sqs")]
    public async Task A_plan_that_cannot_be_says_why_and_changes_nothing(string plan, string reason)
    {
        await using var cloud = await TestCloud.StartAsync();

        using var answer = await cloud.Client.PutAsync(new Uri(cloud.Endpoint, "/_local/faults"), new StringContent(plan), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["message"]!, StringComparison.Ordinal);
        await cloud.CreateQueueAsync("q");
    }

    private static async Task<bool[]> RunAsync(long seed, bool noise)
    {
        await using var cloud = await TestCloud.StartAsync(One("sqs", "GetQueueUrl", FaultKind.InternalError, 0.3) with { Seed = seed });
        await cloud.CreateQueueAsync("q");
        var failed = new bool[50];
        for (var i = 0; i < failed.Length; i++)
        {
            if (noise)
            {
                await cloud.SqsAsync("ListQueues", []);
            }

            failed[i] = (await cloud.SqsRawAsync("GetQueueUrl", """{"QueueName":"q"}"""u8.ToArray())).Status == 500;
        }

        return failed;
    }

    private static FaultPlan One(string service, string action, FaultKind kind, double probability = 1) =>
        new() { Rules = [new() { Service = service, Action = action, Kind = kind, Probability = probability }] };

    private static byte[] Send(string queue) => Encoding.UTF8.GetBytes($$"""{"QueueUrl":"{{queue}}","MessageBody":"m"}""");
}
