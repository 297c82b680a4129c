using System.Text.Json.Nodes;

namespace Infra.Tests;

public sealed class AsyncApiTests(Synthesis synthesis)
{
    [Fact]
    public void The_documented_channels_are_the_topics_and_queues_of_the_stacks()
    {
        var documented = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Find().Root, "events", "asyncapi.json")))!["channels"]!.AsObject()
            .Select(channel => $"{channel.Value!["tags"]![0]!["name"]} {channel.Key}");

        // A dead-letter queue is nobody's address, and alarms are no messages of the system's.
        var deployed = synthesis.OfType("AWS::SQS::Queue").Where(queue => !queue.Path.Contains("dead-letters")).Select(queue => $"queue {queue.Path[0]}")
            .Concat(synthesis.OfType("AWS::SNS::Topic").Where(topic => topic.Path[0] != "alarms").Select(topic => $"topic {topic.Path[0]}"));

        Assert.Equal(deployed.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }
}
