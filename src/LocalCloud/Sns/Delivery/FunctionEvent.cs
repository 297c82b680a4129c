using System.Text;
using System.Text.Json.Nodes;

namespace LocalCloud.Sns.Delivery;

/// <summary>A notification as the event of a function: the same members as for other endpoints, some of them spelled otherwise.</summary>
internal static class FunctionEvent
{
    /// <param name="subscriptionArn">Of the function's subscription.</param>
    /// <param name="envelope">The notification as other endpoints get it.</param>
    public static byte[] Of(string subscriptionArn, byte[] envelope)
    {
        var sns = JsonNode.Parse(envelope)!.AsObject();
        Rename(sns, "SigningCertURL", "SigningCertUrl");
        Rename(sns, "UnsubscribeURL", "UnsubscribeUrl");
        sns.TryAdd("Subject", null);
        sns.TryAdd("MessageAttributes", new JsonObject());
        var record = new JsonObject
        {
            ["EventSource"] = "aws:sns",
            ["EventVersion"] = "1.0",
            ["EventSubscriptionArn"] = subscriptionArn,
            ["Sns"] = sns,
        };
        return Encoding.UTF8.GetBytes(new JsonObject { ["Records"] = new JsonArray(record) }.ToJsonString());
    }

    private static void Rename(JsonObject members, string from, string to)
    {
        if (members.Remove(from, out var value))
            members[to] = value;
    }
}
