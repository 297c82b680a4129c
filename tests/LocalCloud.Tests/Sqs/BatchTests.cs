using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sqs;

public class BatchTests
{
    [Fact]
    public async Task A_bad_entry_fails_alone()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");

        var answer = await cloud.SqsAsync("SendMessageBatch", new()
        {
            ["QueueUrl"] = queue,
            ["Entries"] = new JsonArray(Entry("good", "a"), Entry("empty", ""), new JsonObject { ["Id"] = "late", ["MessageBody"] = "b", ["DelaySeconds"] = 901 }),
        });

        Assert.Equal(["good"], Ids(answer, "Successful"));
        Assert.Equal(["empty", "late"], Ids(answer, "Failed"));
        Assert.Equal(["MissingParameter", "InvalidParameterValue"], answer["Failed"]!.AsArray().Select(entry => (string)entry!["Code"]!));
        Assert.Equal(["a"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task An_invalid_batch_is_refused_as_a_whole()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        async Task<string> Error(params JsonObject[] entries) =>
            await cloud.SqsErrorAsync("SendMessageBatch", new() { ["QueueUrl"] = queue, ["Entries"] = new JsonArray([.. entries]) });

        Assert.Equal("AWS.SimpleQueueService.EmptyBatchRequest;Sender", await Error());
        Assert.Equal("AWS.SimpleQueueService.BatchEntryIdsNotDistinct;Sender", await Error(Entry("a", "x"), Entry("a", "y")));
        Assert.Equal("AWS.SimpleQueueService.InvalidBatchEntryId;Sender", await Error(Entry("a b", "x")));
        Assert.Equal("AWS.SimpleQueueService.TooManyEntriesInBatchRequest;Sender", await Error([.. Enumerable.Range(0, 11).Select(i => Entry($"{i}", "x"))]));
        Assert.Equal("AWS.SimpleQueueService.BatchRequestTooLong;Sender", await Error(Entry("a", new string('x', 600_000)), Entry("b", new string('x', 600_000))));
        Assert.Empty(await cloud.ReceiveAsync(queue));
    }

    private static JsonObject Entry(string id, string body) => new() { ["Id"] = id, ["MessageBody"] = body };

    private static IEnumerable<string> Ids(JsonObject answer, string list) => answer[list]!.AsArray().Select(entry => (string)entry!["Id"]!);
}
