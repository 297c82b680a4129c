using Messaging.Publishing;
using Tests.Common;

namespace Contracts.Tests;

/// <summary>A topic of a cloud of its own, with one queue behind a filter.</summary>
internal sealed class FilteredTopic : IAsyncDisposable
{
    private readonly TestCloud _cloud;
    private readonly string _topic;
    private readonly string _queue;

    private FilteredTopic(TestCloud cloud, string topic, string queue) => (_cloud, _topic, _queue) = (cloud, topic, queue);

    public static async Task<FilteredTopic> CreateAsync(Filter filter)
    {
        var cloud = await TestCloud.StartAsync();
        var topic = await cloud.CreateTopicAsync("topic");
        return new(cloud, topic, await cloud.SubscribeAsync(topic, "queue", filterPolicy: filter.ToPolicy().ToJsonString()));
    }

    /// <summary>Publishes and waits for nothing: SNS delivers to queues before it answers.</summary>
    /// <returns>The ids of the messages that came through.</returns>
    public async Task<IReadOnlyList<string>> PassAsync(params IReadOnlyList<OutgoingMessage> messages)
    {
        var publisher = new Publisher(_cloud.Sqs, _cloud.Sns, new(_ => _topic));
        Assert.Empty(await publisher.PublishAsync("topic", [.. messages.Select(m => m.ToOutbound())], TestContext.Current.CancellationToken));
        var bodies = (await _cloud.DrainAsync(_queue)).Select(m => m.Body).ToHashSet();
        return [.. messages.Where(m => bodies.Contains(m.Body)).Select(m => m.Id)];
    }

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();
}
