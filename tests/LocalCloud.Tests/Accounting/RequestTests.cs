using System.Net;
using System.Text.Json.Nodes;
using LocalCloud.Accounting;

namespace LocalCloud.Tests.Accounting;

public class RequestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_send_costs_one_request_a_batch_of_ten_one_and_a_message_of_100_KiB_two()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("q");

        await cloud.SendAsync(queue, "hello");
        Assert.Equal(new("sqs", "SendMessage", 1, 0, 1), cloud.Server.Requests.Of("sqs", "SendMessage"));

        await SendBatchAsync(cloud, queue, new string('x', 1000));
        Assert.Equal(new("sqs", "SendMessageBatch", 1, 0, 1), cloud.Server.Requests.Of("sqs", "SendMessageBatch"));

        await cloud.SendAsync(queue, new string('x', 100 * 1024));
        Assert.Equal(new("sqs", "SendMessage", 2, 0, 3), cloud.Server.Requests.Of("sqs", "SendMessage"));

        await SendBatchAsync(cloud, queue, new string('x', 10 * 1024));
        Assert.Equal(new("sqs", "SendMessageBatch", 2, 0, 3), cloud.Server.Requests.Of("sqs", "SendMessageBatch"));
    }

    [Fact]
    public async Task An_empty_receive_costs_one_request_and_a_full_one_what_it_brings()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("q");

        Assert.Empty(await cloud.ReceiveAsync(queue));
        Assert.Equal(1, cloud.Server.Requests.Of("sqs", "ReceiveMessage").Billed);

        await cloud.SendAsync(queue, new string('x', 65 * 1024));
        var before = cloud.Server.Requests;
        var message = Assert.Single(await cloud.ReceiveAsync(queue));
        await cloud.DeleteAsync(queue, message);

        var cost = cloud.Server.Requests.Since(before);
        Assert.Equal([new("sqs", "DeleteMessage", 1, 0, 1), new("sqs", "ReceiveMessage", 1, 0, 2)], cost.Counts);
        Assert.Equal(3, cost.Billed);
    }

    [Fact]
    public async Task A_publish_is_billed_once_however_many_queues_it_reaches()
    {
        await using var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("t");
        await cloud.SubscribeAsync(topic, await cloud.CreateQueueAsync("a"));
        await cloud.SubscribeAsync(topic, await cloud.CreateQueueAsync("b"));
        var before = cloud.Server.Requests;

        await cloud.SnsAsync("Publish", ("TopicArn", topic), ("Message", new string('x', 64 * 1024)));

        Assert.Equal([new RequestCount("sns", "Publish", 1, 0, 1)], cloud.Server.Requests.Since(before).Counts);
    }

    [Fact]
    public async Task A_refused_call_is_counted_as_failed_and_what_clients_name_is_bounded()
    {
        await using var cloud = await TestCloud.StartAsync();

        await cloud.SqsErrorAsync("SendMessage", new() { ["QueueUrl"] = "http://x/000000000000/none", ["MessageBody"] = "m" });
        await cloud.SqsErrorAsync(new string('A', 5000), []);

        Assert.Equal(new("sqs", "SendMessage", 1, 1, 1), cloud.Server.Requests.Of("sqs", "SendMessage"));
        Assert.Equal(new("sqs", "other", 1, 1, 1), cloud.Server.Requests.Of("sqs", "other"));
    }

    [Fact]
    public async Task Any_language_reads_and_resets_the_counts_over_HTTP()
    {
        await using var cloud = await TestCloud.StartAsync();
        var path = new Uri(cloud.Endpoint, "/_local/requests");
        await cloud.CreateQueueAsync("q");

        var counts = JsonNode.Parse(await cloud.Client.GetStringAsync(path, Ct))!;
        Assert.Equal("""{"billed":1,"services":{"sqs":{"CreateQueue":{"calls":1,"failed":0,"billed":1}}}}""", counts.ToJsonString());

        Assert.Equal(HttpStatusCode.NoContent, (await cloud.Client.DeleteAsync(path, Ct)).StatusCode);
        Assert.Equal("""{"billed":0,"services":{}}""", await cloud.Client.GetStringAsync(path, Ct));
    }

    [Fact]
    public async Task An_unknown_path_of_its_own_names_those_there_are_and_a_wrong_method_those_that_go()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var unknown = await cloud.Client.GetAsync(new Uri(cloud.Endpoint, "/_local/nothing"), Ct);
        using var wrong = await cloud.Client.PostAsync(new Uri(cloud.Endpoint, "/_local/requests"), null, Ct);

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("/_local/requests", await unknown.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);
        Assert.Equal(["DELETE", "GET"], wrong.Content.Headers.Allow);
    }

    private static Task<JsonObject> SendBatchAsync(TestCloud cloud, string queue, string body) => cloud.SqsAsync("SendMessageBatch", new()
    {
        ["QueueUrl"] = queue,
        ["Entries"] = new JsonArray([.. Enumerable.Range(0, 10).Select(i => new JsonObject { ["Id"] = $"{i}", ["MessageBody"] = body })]),
    });
}
