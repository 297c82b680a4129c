using System.Text;

namespace LocalCloud.Sqs.Operations;

/// <summary>One page of queue URLs, sorted by name; the token is the last name of the page.</summary>
internal static class QueuePage
{
    private const int Most = 1000;

    public static void Write(SqsCall call, IEnumerable<Queue> queues, string member)
    {
        var asked = call.Input.Int("MaxResults");
        if (asked is < 1 or > Most)
        {
            throw SqsError.InvalidValue("MaxResults", $"{asked}", $"Must be an integer value between 1 and {Most}, if provided.");
        }

        var after = Decode(call.Input.String("NextToken"));
        var rest = queues.Where(queue => after is null || string.CompareOrdinal(queue.Name, after) > 0).Take((asked ?? Most) + 1).ToList();
        var page = rest.Take(asked ?? Most).ToList();
        call.Output.WriteStartArray(member);
        foreach (var queue in page)
        {
            call.Output.WriteStringValue(call.UrlOf(queue));
        }

        call.Output.WriteEndArray();
        if (asked is not null && rest.Count > page.Count)
        {
            call.Output.WriteString("NextToken"u8, Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Name)));
        }
    }

    private static string? Decode(string? token)
    {
        if (token is null)
        {
            return null;
        }

        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw SqsError.InvalidValue("NextToken", token, "It is no token that this service gave out.");
    }
}
