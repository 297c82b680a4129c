using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Sqs;

/// <summary>Translates an answer of the JSON protocol to the Query protocol's XML.</summary>
internal static class SqsQueryAnswer
{
    public const string Xmlns = "http://queue.amazonaws.com/doc/2012-11-05/";

    // The element of each item of a list or map. That of Successful has the operation's name.
    private static readonly Dictionary<string, string> Items = new()
    {
        ["QueueUrls"] = "QueueUrl",
        ["queueUrls"] = "QueueUrl",
        ["Messages"] = "Message",
        ["Attributes"] = "Attribute",
        ["MessageAttributes"] = "MessageAttribute",
        ["Tags"] = "Tag",
        ["Failed"] = "BatchResultErrorEntry",
        ["Results"] = "ListMessageMoveTasksResultEntry",
    };

    // Every other operation has a result element, even where there is nothing in it: a parser made from the service's model looks for it.
    private static readonly HashSet<string> WithoutResult =
    [
        "AddPermission", "ChangeMessageVisibility", "DeleteMessage", "DeleteQueue", "PurgeQueue", "RemovePermission", "SetQueueAttributes", "TagQueue", "UntagQueue",
    ];

    /// <summary>The XML document that says the same as the JSON answer.</summary>
    public static byte[] ToXml(string action, ReadOnlyMemory<byte> answer, string requestId)
    {
        using var document = JsonDocument.Parse(answer);
        var xml = new XmlText().Open(action + "Response", Xmlns);
        if (!WithoutResult.Contains(action))
        {
            xml.Open(action + "Result");
            WriteElements(xml, action, document.RootElement);
            xml.Close(action + "Result");
        }

        return xml.Open("ResponseMetadata").Element("RequestId", requestId).Close("ResponseMetadata").Close(action + "Response").ToUtf8();
    }

    private static void WriteElements(XmlText xml, string action, JsonElement structure)
    {
        foreach (var member in structure.EnumerateObject())
        {
            var item = member.Name == "Successful" ? action + "ResultEntry" : Items.GetValueOrDefault(member.Name);
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Array:
                    foreach (var value in member.Value.EnumerateArray())
                    {
                        WriteValue(xml, action, item!, value);
                    }

                    break;
                case JsonValueKind.Object:
                    foreach (var entry in member.Value.EnumerateObject())
                    {
                        xml.Open(item!).Element(member.Name == "Tags" ? "Key" : "Name", entry.Name);
                        WriteValue(xml, action, "Value", entry.Value);
                        xml.Close(item!);
                    }

                    break;
                default:
                    WriteValue(xml, action, member.Name, member.Value);
                    break;
            }
        }
    }

    private static void WriteValue(XmlText xml, string action, string element, JsonElement value)
    {
        xml.Open(element);
        if (value.ValueKind == JsonValueKind.Object)
        {
            WriteElements(xml, action, value);
        }
        else
        {
            xml.Text(value.ValueKind is JsonValueKind.True ? "true" : value.ValueKind is JsonValueKind.False ? "false" : value.ToString());
        }

        xml.Close(element);
    }
}
