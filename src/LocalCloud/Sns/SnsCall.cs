using LocalCloud.Http;

namespace LocalCloud.Sns;

/// <summary>One SNS request: what an operation gets and where it writes its answer.</summary>
/// <param name="Sns">Topics and subscriptions.</param>
/// <param name="Input">The request's parameters.</param>
/// <param name="Output">Inside the answer's result element.</param>
/// <param name="Call">The HTTP request.</param>
/// <param name="IsSigned">Whether the request came with credentials.</param>
internal sealed record SnsCall(SnsService Sns, SnsInput Input, XmlText Output, Call Call, bool IsSigned)
{
    /// <summary>Scheme and host that the client used.</summary>
    public string BaseUrl => Call.BaseUrl;

    public Topic Topic() => Sns.Topic(Input.Required("TopicArn"));

    public void WriteMap(string member, IEnumerable<KeyValuePair<string, string>> map)
    {
        Output.Open(member);
        foreach (var (key, value) in map)
        {
            Output.Open("entry").Element("key", key).Element("value", value).Close("entry");
        }

        Output.Close(member);
    }

    /// <summary>One page of at most 100; the token is the index of the next item.</summary>
    public void WritePage<T>(string member, IEnumerable<T> items, Action<T> write)
    {
        const int size = 100;
        var start = Input["NextToken"] is not { Length: > 0 } token ? 0
            : int.TryParse(token, out var index) && index >= 0 ? index : throw SnsError.InvalidParameter("NextToken");
        var page = items.Skip(start).Take(size + 1).ToList();
        Output.Open(member);
        foreach (var item in page.Take(size))
        {
            Output.Open("member");
            write(item);
            Output.Close("member");
        }

        Output.Close(member).Element("NextToken", page.Count > size ? $"{start + size}" : null);
    }
}
