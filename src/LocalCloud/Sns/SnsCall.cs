using LocalCloud.Http;
using LocalCloud.Iam;

namespace LocalCloud.Sns;

/// <summary>One SNS request: what an operation gets and where it writes its answer.</summary>
/// <param name="Sns">Topics and subscriptions.</param>
/// <param name="Input">The request's parameters.</param>
/// <param name="Output">Inside the answer's result element.</param>
/// <param name="Call">Its way here: who calls.</param>
internal sealed record SnsCall(SnsService Sns, SnsInput Input, XmlText Output, Call Call)
{
    /// <summary>Scheme and host that the client used.</summary>
    public string BaseUrl => Call.BaseUrl;

    /// <summary>Whether the request came with credentials.</summary>
    public bool IsSigned => Call.Caller.Kind != CallerKind.Anonymous;

    /// <summary>The topic that TopicArn names, if the caller may do that with it.</summary>
    /// <param name="action">As policies name it: <c>sns:Publish</c>, for the batch too.</param>
    /// <exception cref="ServiceException">There is no TopicArn, the caller may not, or the topic does not exist.</exception>
    public Topic Topic(string action) => Topic(action, Input.Required("TopicArn"));

    /// <summary>As above, for the topic of that ARN.</summary>
    public Topic Topic(string action, string arn)
    {
        Demand(action, arn);
        return Sns.Topic(arn);
    }

    /// <summary>Lets the call go on only if its caller may do that with the topic of that ARN, whether it exists or not.</summary>
    public void Demand(string action, string arn, IReadOnlyDictionary<string, string>? keys = null)
    {
        if (!Call.Caller.IsRoot)
        {
            Call.Demand(action, arn, Sns.Find(arn)?.Attributes.GetValueOrDefault("Policy"), keys);
        }
    }

    /// <summary>The caller may do what belongs to no topic, such as listing them.</summary>
    public void DemandAll(string action) => Call.Demand(action, $"arn:aws:sns:{Call.Options.Region}:{Sns.AccountId}:*");

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
