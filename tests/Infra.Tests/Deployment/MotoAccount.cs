using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tests.Common;

namespace Infra.Tests.Deployment;

/// <summary>An account in moto, with the stacks that it can make of a synthesis.</summary>
internal sealed class MotoAccount(Moto moto) : IAsyncDisposable
{
    private const string Account = "123456789012";
    private const string Region = "us-east-1";
    private readonly Dictionary<string, string> _physicalIds = [];

    public static async Task<MotoAccount> OpenAsync() => new(await Moto.StartAsync());

    /// <summary>Deploys the stacks in the order in which they need each other.</summary>
    public async Task DeployAsync(Synthesis synthesis)
    {
        await BootstrapAsync(synthesis);
        foreach (var template in synthesis.Templates.OrderBy(path => path.Contains("-Flow", StringComparison.Ordinal)))
        {
            var name = Path.GetFileName(template).Split('.')[0];
            await moto.CallAsync("cloudformation", "CreateStack", ("StackName", name), ("TemplateBody", Deployable(await File.ReadAllTextAsync(template))));
            Assert.Contains("CREATE_COMPLETE", (await moto.CallAsync("cloudformation", "DescribeStacks", ("StackName", name)))["StackStatus"]);
            var resources = await moto.CallAsync("cloudformation", "DescribeStackResources", ("StackName", name));
            foreach (var (logical, physical) in resources["LogicalResourceId"].Zip(resources["PhysicalResourceId"]))
                _physicalIds[$"{name}/{logical}"] = physical;
        }

        foreach (var subscription in synthesis.OfType("AWS::SNS::Subscription"))
            await SubscribeAsync(synthesis, subscription);
    }

    /// <summary>What CloudFormation made of a resource: a queue's address, a topic's ARN.</summary>
    public string PhysicalId(Resource resource) => _physicalIds[$"{resource.Stack}/{resource.Id}"];

    /// <summary>The ARN of a topic that another stack has exported.</summary>
    public async Task<string> TopicAsync(Resource subscription)
    {
        var wanted = subscription["TopicArn"]!.Value.GetProperty("Fn::ImportValue").GetString();
        var exports = await moto.CallAsync("cloudformation", "ListExports");
        return exports["Name"].Zip(exports["Value"]).Single(export => export.First == wanted).Second;
    }

    /// <summary>Publishes a message that has nothing but a type.</summary>
    public Task PublishAsync(string topic, string type) => moto.CallAsync(
        "sns", "Publish",
        [
            ("TopicArn", topic), ("Message", $"a {type}"),
            ("MessageAttributes.entry.1.Name", "type"), ("MessageAttributes.entry.1.Value.DataType", "String"), ("MessageAttributes.entry.1.Value.StringValue", type),
            .. topic.EndsWith(".fifo", StringComparison.Ordinal) ? new[] { ("MessageGroupId", type), ("MessageDeduplicationId", type) } : [],
        ]);

    public Task SendAsync(string queue, string body) => moto.CallAsync(
        "sqs", "SendMessage",
        [("QueueUrl", queue), ("MessageBody", body), .. queue.EndsWith(".fifo", StringComparison.Ordinal) ? new[] { ("MessageGroupId", "g"), ("MessageDeduplicationId", body) } : []]);

    /// <summary>The bodies that a queue hands out now. They stay in it, hidden for so many seconds.</summary>
    public async Task<IReadOnlyList<string>> ReceiveAsync(string queue, int hideSeconds = 600)
    {
        var bodies = new List<string>();
        while (true)
        {
            var answer = await moto.CallAsync("sqs", "ReceiveMessage", ("QueueUrl", queue), ("MaxNumberOfMessages", "10"), ("VisibilityTimeout", $"{hideSeconds}"));
            bodies.AddRange(answer["Body"]);
            if (hideSeconds == 0 || !answer["Body"].Any())
                return bodies;
        }
    }

    public ValueTask DisposeAsync() => moto.DisposeAsync();

    // The bucket that `cdk bootstrap` makes, with what the CLI uploads.
    private async Task BootstrapAsync(Synthesis synthesis)
    {
        var bucket = $"/cdk-hnb659fds-assets-{Account}-{Region}";
        (await moto.Http.PutAsync(bucket, null)).EnsureSuccessStatusCode();
        foreach (var manifest in Directory.GetFiles(Path.GetDirectoryName(synthesis.Templates[0])!, "*.assets.json"))
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(manifest));
            foreach (var file in json.RootElement.GetProperty("files").EnumerateObject().Where(f => f.Value.GetProperty("source").GetProperty("packaging").GetString() == "zip"))
            {
                var key = file.Value.GetProperty("destinations").EnumerateObject().First().Value.GetProperty("objectKey").GetString();
                using var content = new ByteArrayContent(Zip(Path.Combine(Path.GetDirectoryName(manifest)!, file.Value.GetProperty("source").GetProperty("path").GetString()!)));
                (await moto.Http.PutAsync($"{bucket}/{key}", content)).EnsureSuccessStatusCode();
            }
        }
    }

    private static byte[] Zip(string folder)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
                zip.CreateEntryFromFile(file, Path.GetRelativePath(folder, file));
        }

        return stream.ToArray();
    }

    /// <summary>
    /// Without what moto cannot: it knows no version of the bootstrap stack, makes no name for a FIFO queue, would run functions in Docker for custom resources and mappings, and waits for nothing that
    /// it left out.
    /// </summary>
    private static string Deployable(string template)
    {
        var json = JsonNode.Parse(template)!.AsObject();
        json.Remove("Rules");
        json.Remove("Parameters");
        var resources = json["Resources"]!.AsObject();
        foreach (var (id, resource) in resources.ToList())
        {
            var type = (string)resource!["Type"]!;
            if (type == "AWS::SQS::Queue" && (bool?)resource["Properties"]!["FifoQueue"] is true)
                resource["Properties"]!["QueueName"] = $"{id}.fifo";
            if (type.StartsWith("Custom::", StringComparison.Ordinal) || type == "AWS::Lambda::EventSourceMapping")
                resources.Remove(id);
        }

        foreach (var (_, resource) in resources)
        {
            if (resource!["DependsOn"] is JsonArray ids)
                resource["DependsOn"] = new JsonArray([.. ids.Select(id => (string)id!).Where(resources.ContainsKey).Select(id => JsonValue.Create(id))]);
        }

        return json.ToJsonString();
    }

    // Moto's CloudFormation leaves subscriptions out, its SNS does not.
    private async Task SubscribeAsync(Synthesis synthesis, Resource subscription)
    {
        var dead = synthesis.Target(subscription, subscription["RedrivePolicy"]!.Value.GetProperty("deadLetterTargetArn"));
        var parameters = new List<(string, string)>
        {
            ("TopicArn", await TopicAsync(subscription)),
            ("Protocol", subscription.Text("Protocol")!),
            ("Endpoint", Arn(PhysicalId(synthesis.Target(subscription, subscription["Endpoint"]!.Value)))),
        };
        (string Name, string Value)[] attributes =
        [
            ("RawMessageDelivery", subscription.Flag("RawMessageDelivery") ? "true" : "false"),
            ("FilterPolicy", subscription["FilterPolicy"]!.Value.GetRawText()),
            ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{Arn(PhysicalId(dead))}}"}"""),
        ];
        foreach (var (name, value) in attributes)
        {
            var number = (parameters.Count - 1) / 2;
            parameters.AddRange([($"Attributes.entry.{number}.key", name), ($"Attributes.entry.{number}.value", value)]);
        }

        await moto.CallAsync("sns", "Subscribe", parameters);
    }

    private static string Arn(string queueUrl) => $"arn:aws:sqs:{Region}:{Account}:{queueUrl[(queueUrl.LastIndexOf('/') + 1)..]}";
}
