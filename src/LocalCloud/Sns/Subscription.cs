using System.Collections.Immutable;
using LocalCloud.Sns.Filtering;

namespace LocalCloud.Sns;

/// <summary>Who gets a topic's messages, and how.</summary>
internal sealed class Subscription(string arn, Topic topic, string protocol, string endpoint)
{
    public string Arn { get; } = arn;

    public Topic Topic { get; } = topic;

    public string Protocol { get; } = protocol;

    public string Endpoint { get; } = endpoint;

    /// <summary>What was set, by attribute name. Replaced as a whole on every change.</summary>
    public ImmutableDictionary<string, string> Attributes { get; private set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The filter policy in force; null lets everything pass.</summary>
    public FilterPolicy? Filter { get; private set; }

    public bool IsRaw { get; private set; }

    /// <summary>The ARN of the queue for messages that cannot be delivered.</summary>
    public string? DeadLetterTargetArn { get; private set; }

    /// <summary>What the endpoint must send back to confirm, once or more often; null when it need not.</summary>
    public string? Token { get; init; }

    public bool IsPending { get; set; }

    public DateTimeOffset At { get; init; }

    /// <summary>Who subscribed, as an ARN.</summary>
    public required string Principal { get; init; }

    public bool ConfirmedWithSignature { get; set; } = true;

    /// <summary>Nobody confirmed it for three days: AWS removes it then.</summary>
    public bool IsForgotten(DateTimeOffset now) => IsPending && now - At >= TimeSpan.FromDays(3);

    public void Apply(ImmutableDictionary<string, string> attributes, FilterPolicy? filter, string? deadLetterTargetArn)
    {
        Attributes = attributes;
        Filter = filter;
        IsRaw = attributes.GetValueOrDefault("RawMessageDelivery") == "true";
        DeadLetterTargetArn = deadLetterTargetArn;
    }
}
