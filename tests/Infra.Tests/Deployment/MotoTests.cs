namespace Infra.Tests.Deployment;

/// <summary>The templates, deployed to CloudFormation of somebody else's making.</summary>
public sealed class MotoTests
{
    private const string Database = "Host=db.example.com;Database=bookings;Username=app";

    [Theory]
    [InlineData("prod")]
    [InlineData("dev")]
    public async Task What_is_published_to_deployed_topics_reaches_the_queues_whose_filters_let_it_through(string stage)
    {
        using var synthesis = new Synthesis(("stage", stage), ("database", Database));
        await using var account = await MotoAccount.OpenAsync();
        await account.DeployAsync(synthesis);

        var subscriptions = synthesis.OfType("AWS::SNS::Subscription");
        var types = subscriptions.SelectMany(Types).Append("somebody.elses.v1").Distinct().ToList();
        foreach (var topic in (await Task.WhenAll(subscriptions.Select(account.TopicAsync))).Distinct())
        {
            foreach (var type in types)
                await account.PublishAsync(topic, type);
        }

        foreach (var subscription in subscriptions)
        {
            var queue = account.PhysicalId(synthesis.Target(subscription, subscription["Endpoint"]!.Value));
            Assert.Equal(Types(subscription).Select(type => $"a {type}").Order(StringComparer.Ordinal), (await account.ReceiveAsync(queue)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_received_too_often_moves_to_the_dead_letter_queue()
    {
        using var synthesis = new Synthesis(("database", Database));
        await using var account = await MotoAccount.OpenAsync();
        await account.DeployAsync(synthesis);

        foreach (var queue in synthesis.OfType("AWS::SQS::Queue").Where(queue => queue["RedrivePolicy"] is not null))
        {
            var redrive = queue["RedrivePolicy"]!.Value;
            await account.SendAsync(account.PhysicalId(queue), "poison");
            for (var i = 0; i <= redrive.GetProperty("maxReceiveCount").GetInt32(); i++)
                await account.ReceiveAsync(account.PhysicalId(queue), hideSeconds: 0);

            Assert.Equal(["poison"], await account.ReceiveAsync(account.PhysicalId(synthesis.Target(queue, redrive.GetProperty("deadLetterTargetArn")))));
        }
    }

    private static IEnumerable<string> Types(Resource subscription) =>
        subscription["FilterPolicy"]!.Value.GetProperty("type").EnumerateArray().Select(type => type.GetString()!);
}
