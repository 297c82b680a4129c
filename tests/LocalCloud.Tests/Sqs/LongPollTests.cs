namespace LocalCloud.Tests.Sqs;

public class LongPollTests
{
    [Fact]
    public async Task A_long_poll_wakes_when_a_message_is_sent()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var poll = cloud.ReceiveAsync(queue, wait: 20);
        await cloud.Time.UntilSomebodyWaitsAsync();

        await cloud.SendAsync(queue, "a");

        Assert.Equal("a", (string)Assert.Single(await poll)["Body"]!);
    }

    [Fact]
    public async Task A_long_poll_of_an_empty_queue_ends_when_its_wait_is_over()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders", new() { ["ReceiveMessageWaitTimeSeconds"] = "20" });
        var poll = cloud.SqsAsync("ReceiveMessage", new() { ["QueueUrl"] = queue });
        await cloud.Time.UntilSomebodyWaitsAsync();

        cloud.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(poll.IsCompleted);
        cloud.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null((await poll)["Messages"]);
    }

    [Fact]
    public async Task A_long_poll_wakes_when_a_visibility_timeout_passes()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        await cloud.SendAsync(queue, "a");
        await cloud.ReceiveAsync(queue, visibility: 5);
        var poll = cloud.ReceiveAsync(queue, wait: 20);
        await cloud.Time.UntilSomebodyWaitsAsync(timers: 2);

        cloud.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Single(await poll);
    }

    [Fact]
    public async Task A_long_poll_wakes_when_a_blocked_group_becomes_free()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders.fifo", new() { ["FifoQueue"] = "true" });
        await cloud.SendAsync(queue, "first", "g");
        await cloud.SendAsync(queue, "second", "g");
        var first = Assert.Single(await cloud.ReceiveAsync(queue, count: 1));
        var poll = cloud.ReceiveAsync(queue, wait: 20);
        await cloud.Time.UntilSomebodyWaitsAsync(timers: 2);

        await cloud.DeleteAsync(queue, first);

        Assert.Equal("second", (string)Assert.Single(await poll)["Body"]!);
    }

    [Fact]
    public async Task A_poll_whose_client_has_gone_takes_no_message_with_it()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        using (var impatient = new HttpClient())
        using (var gone = new CancellationTokenSource())
        {
            impatient.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", TestCloud.Root("sqs"));
            var poll = impatient.GetAsync(new Uri($"{queue}?Action=ReceiveMessage&WaitTimeSeconds=20"), gone.Token);
            await cloud.Time.UntilSomebodyWaitsAsync();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        }

        await cloud.Time.UntilNobodyWaitsAsync();
        await cloud.SendAsync(queue, "a");

        Assert.Equal(["a"], await cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task Stopping_the_server_ends_a_long_poll_with_an_empty_answer()
    {
        await using var cloud = await TestCloud.StartAsync();
        var queue = await cloud.CreateQueueAsync("orders");
        var poll = cloud.ReceiveAsync(queue, wait: 20);
        await cloud.Time.UntilSomebodyWaitsAsync();

        var stopping = cloud.StopServerAsync();

        Assert.Empty(await poll);
        await stopping;
    }
}
