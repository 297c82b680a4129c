using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Sqs;

public class FairQueueTests
{
    [Fact]
    public async Task A_quiet_group_overtakes_one_that_has_most_messages_in_flight()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("rooms");
        await SendAsync(cloud, queue, "noisy", 60);
        await cloud.ReceiveAsync(queue);
        await cloud.ReceiveAsync(queue);
        await SendAsync(cloud, queue, "quiet", 3);
        await SendAsync(cloud, queue, null, 1);

        Assert.Equal(["quiet", "quiet", "quiet", "-", "noisy"], (await cloud.BodiesAsync(queue, 5)));
    }

    [Fact]
    public async Task A_group_whose_messages_are_deleted_at_once_does_not_delay_others_either()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("rooms");
        await SendAsync(cloud, queue, "noisy", 60);
        await SendAsync(cloud, queue, "quiet", 1);
        var before = 0;
        while (await cloud.ReceiveAsync(queue, 1) is [var message] && (string)message["Body"]! == "noisy")
        {
            before++;
            await cloud.DeleteAsync(queue, message);
        }

        Assert.InRange(before, 1, 20);
    }

    [Fact]
    public async Task Noisy_groups_share_what_the_quiet_ones_leave_and_lose_nothing()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("rooms");
        await SendAsync(cloud, queue, "a", 40);
        await SendAsync(cloud, queue, "b", 40);
        List<JsonObject> received = [];
        while (await cloud.ReceiveAsync(queue) is { Count: > 0 } some)
        {
            received.AddRange(some);
        }

        var first = received.Take(40).Select(message => (string)message["Body"]!).ToList();
        Assert.InRange(first.Count(body => body == "b"), 10, 30);
        Assert.Equal(80, received.Select(message => (string)message["MessageId"]!).Distinct().Count());

        cloud.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(10, (await cloud.ReceiveAsync(queue)).Count);
    }

    [Fact]
    public async Task Messages_without_a_group_keep_their_order()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("rooms");
        for (var i = 0; i < 30; i++)
        {
            await cloud.SendAsync(queue, $"{i}");
        }

        string[] bodies = [.. await cloud.BodiesAsync(queue), .. await cloud.BodiesAsync(queue), .. await cloud.BodiesAsync(queue)];

        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}"), bodies);
    }

    private static async Task SendAsync(TestCloud cloud, string queue, string? group, int count)
    {
        for (var i = 0; i < count; i++)
        {
            JsonObject input = new() { ["QueueUrl"] = queue, ["MessageBody"] = group ?? "-" };
            if (group is not null)
            {
                input["MessageGroupId"] = group;
            }

            await cloud.SqsAsync("SendMessage", input);
        }
    }
}
