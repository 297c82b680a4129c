using System.Globalization;
using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;

namespace LocalCloud.Lambda.Queues;

/// <summary>The three calls an event-source mapping makes.</summary>
/// <param name="services">Receives and deletes: with the key of the function's role, as Lambda does. Asked each time, for a role can be changed.</param>
/// <param name="deployment">Looks the queue up.</param>
internal sealed class QueueClient(Func<ServiceClient> services, ServiceClient deployment)
{
    /// <summary>SQS takes and gives ten messages a call.</summary>
    public const int MaximumBatch = 10;

    public async Task<string> GetUrlAsync(string queueArn, CancellationToken cancellationToken)
    {
        var answer = await deployment.SqsAsync("GetQueueUrl", new JsonObject { ["QueueName"] = queueArn[(queueArn.LastIndexOf(':') + 1)..] }, cancellationToken);
        return answer["QueueUrl"]!.GetValue<string>();
    }

    public async Task<IReadOnlyList<JsonObject>> ReceiveAsync(string url, int count, int waitSeconds, CancellationToken cancellationToken)
    {
        var input = new JsonObject
        {
            ["QueueUrl"] = url,
            ["MaxNumberOfMessages"] = Math.Min(count, MaximumBatch),
            ["WaitTimeSeconds"] = waitSeconds,
            // Both names: emulators know the one or the other.
            ["AttributeNames"] = new JsonArray("All"),
            ["MessageSystemAttributeNames"] = new JsonArray("All"),
            ["MessageAttributeNames"] = new JsonArray("All"),
        };
        var answer = await services().SqsAsync("ReceiveMessage", input, cancellationToken);
        return answer["Messages"] is JsonArray messages ? [.. messages.OfType<JsonObject>()] : [];
    }

    /// <summary>Deletes up to ten messages.</summary>
    /// <returns>Those that are still there and can be tried again.</returns>
    public async Task<IReadOnlyList<JsonObject>> DeleteAsync(string url, IReadOnlyList<JsonObject> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select((message, index) => new JsonObject { ["Id"] = $"{index}", ["ReceiptHandle"] = message["ReceiptHandle"]!.GetValue<string>() });
        var input = new JsonObject { ["QueueUrl"] = url, ["Entries"] = new JsonArray([.. entries]) };
        var answer = await services().SqsAsync("DeleteMessageBatch", input, cancellationToken);
        return [.. (answer["Failed"] as JsonArray ?? []).OfType<JsonObject>().Where(CanBeRepeated).Select(entry => messages[Index(entry)])];
    }

    /// <summary>A handle that is the sender's fault will not become better.</summary>
    private static bool CanBeRepeated(JsonObject failed) => failed["SenderFault"]?.GetValue<bool>() != true;

    private static int Index(JsonObject failed) => int.Parse(failed["Id"]!.GetValue<string>(), CultureInfo.InvariantCulture);
}
