using Amazon.SQS;
using LocalCloud;
using LocalCloud.Tests;
using Tests.Common;

namespace Messaging.Tests.Model;

/// <summary>A LocalCloud with a clock that the model moves.</summary>
internal sealed class ModelCloud : IAsyncDisposable
{
    private readonly TestCloud _cloud;

    private ModelCloud(TestCloud cloud, FakeTime time)
    {
        (_cloud, Time) = (cloud, time);

        // A call that fails is part of the scenario, so nobody tries it again behind the model's back.
        Sqs = cloud.NewImpatientSqs();
    }

    public CloudServer Server => _cloud.Server;

    public FakeTime Time { get; }

    public AmazonSQSClient Sqs { get; }

    public static async Task<ModelCloud> StartAsync()
    {
        var time = new FakeTime();
        return new(await TestCloud.StartAsync(time), time);
    }

    public Task<string> CreateQueueAsync(string name, TimeSpan visibility) => _cloud.CreateQueueAsync(
        name, ("VisibilityTimeout", $"{visibility.TotalSeconds}"), ("MessageRetentionPeriod", $"{TimeSpan.FromDays(14).TotalSeconds}"));

    public async Task<int> CountAsync(string url)
    {
        var answer = await Sqs.GetQueueAttributesAsync(new(url, ["All"]));
        return answer.Attributes!.Where(a => a.Key.StartsWith("ApproximateNumberOfMessages", StringComparison.Ordinal)).Sum(a => int.Parse(a.Value, null));
    }

    public async ValueTask DisposeAsync()
    {
        Sqs.Dispose();
        await _cloud.DisposeAsync();
    }
}
