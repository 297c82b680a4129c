using System.Globalization;

namespace LocalCloud.Sqs.Operations;

internal static class GetQueueAttributes
{
    public static void Run(SqsCall call)
    {
        var queue = call.Queue("sqs:GetQueueAttributes");
        var names = call.Input.Strings("AttributeNames");
        var values = ReadOnly(queue).Concat(QueueAttribute.All
            .Where(attribute => queue.Settings.IsFifo || !attribute.Value.FifoOnly)
            .Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value.Get(queue.Settings)))).ToDictionary(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name is not ("All" or "FifoQueue") && !values.ContainsKey(name) && !QueueAttribute.All.ContainsKey(name))
            {
                throw SqsError.UnknownAttribute(name);
            }
        }

        if (names.Count == 0)
        {
            return;
        }

        call.Output.WriteStartObject("Attributes"u8);
        foreach (var (name, value) in values)
        {
            if (value is not null && (names.Contains("All") || names.Contains(name)))
            {
                call.Output.WriteString(name, value);
            }
        }

        call.Output.WriteEndObject();
    }

    private static IEnumerable<KeyValuePair<string, string?>> ReadOnly(Queue queue)
    {
        var (visible, inFlight, delayed) = queue.Count();
        yield return new("QueueArn", queue.Arn);
        yield return Number("ApproximateNumberOfMessages", visible);
        yield return Number("ApproximateNumberOfMessagesNotVisible", inFlight);
        yield return Number("ApproximateNumberOfMessagesDelayed", delayed);
        yield return Number("CreatedTimestamp", queue.CreatedAt / 1000);
        yield return Number("LastModifiedTimestamp", queue.LastModifiedAt / 1000);
        if (queue.Settings.IsFifo)
        {
            yield return new("FifoQueue", "true");
        }
    }

    private static KeyValuePair<string, string?> Number(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));
}
