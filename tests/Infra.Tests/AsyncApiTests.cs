using System.Text.Json.Nodes;
using Infra.Constructs;

namespace Infra.Tests;

public sealed class AsyncApiTests(Synthesis synthesis)
{
    private readonly JsonObject _document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Find().Root, "events", "asyncapi.json")))!.AsObject();

    [Fact]
    public void The_documented_channels_are_the_topics_and_queues_of_the_stacks()
    {
        var documented = _document["channels"]!.AsObject().Select(channel => $"{channel.Value!["tags"]![0]!["name"]} {channel.Key}");

        // A dead-letter queue is nobody's address, and alarms are no messages of the system's.
        var deployed = synthesis.OfType("AWS::SQS::Queue").Where(queue => !queue.Path.Contains("dead-letters")).Select(queue => $"queue {queue.Path[0]}")
            .Concat(synthesis.OfType("AWS::SNS::Topic").Where(topic => topic.Path[0] != "alarms").Select(topic => $"topic {topic.Path[0]}"));

        Assert.Equal(deployed.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_documented_senders_of_a_channel_are_the_functions_that_know_its_address()
    {
        var channels = _document["operations"]!.AsObject().Select(operation => operation.Value!).Where(operation => (string?)operation["action"] == "send")
            .ToLookup(operation => ((string)operation["channel"]!["$ref"]!).Split('/')[^1], operation => (string?)operation["x-sender"]);

        // Where a contract does not tell its senders, nothing is claimed.
        Assert.All(channels.Where(channel => !channel.Contains(null)), channel => Assert.Equal(Knowing(channel.Key), channel.Order(StringComparer.Ordinal)));
    }

    // The relay sends what others have written.
    private IEnumerable<string?> Knowing(string destination) => synthesis.OfType("AWS::Lambda::Function")
        .Where(function => function["Environment"] is { } environment && environment.GetProperty("Variables").TryGetProperty(Destination.Variable(destination), out _))
        .Select(function => function.Text("Handler"))
        .Where(handler => handler != "OutboxRelay" && MaySend(handler!, destination))
        .Order(StringComparer.Ordinal);

    // Who waits for replies knows the queue's address too, and may not send there.
    private bool MaySend(string handler, string destination) =>
        synthesis.OfType("AWS::SQS::Queue").FirstOrDefault(queue => queue.Path is [var name, "queue", ..] && name == destination) is not { } queue
        || synthesis.OfType("AWS::IAM::Policy").Single(policy => policy.Path[0] == handler)["PolicyDocument"]!.Value.GetProperty("Statement").EnumerateArray()
            .Any(statement => statement.GetRawText() is var text && text.Contains("sqs:SendMessage", StringComparison.Ordinal) && text.Contains(queue.Id, StringComparison.Ordinal));
}
