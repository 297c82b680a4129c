using System.Collections.Immutable;
using System.Security.Cryptography;
using LocalCloud.Sns.Delivery;
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
    public string? Token { get; set; }

    public bool IsPending { get; set; }

    /// <summary>Whether the endpoint got the latest question: whether it wants the topic's messages, or wants them again.</summary>
    public bool WasAsked { get; set; }

    /// <summary>When the endpoint was asked last.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who subscribed, as an ARN.</summary>
    public required string Principal { get; init; }

    public bool ConfirmedWithSignature { get; set; } = true;

    /// <summary>Whether only a signed request may end it.</summary>
    public bool RequiresSignature { get; set; }

    /// <summary>Spreads its deliveries over time, where its delivery policy asks for that.</summary>
    public Throttle Throttle { get; } = new();

    /// <summary>The endpoint as it is shown: without the password that a URL may have.</summary>
    public string ShownEndpoint
    {
        get
        {
            if (Protocol is not ("http" or "https") || !Uri.TryCreate(Endpoint, UriKind.Absolute, out var url) || !url.UserInfo.Contains(':', StringComparison.Ordinal))
            {
                return Endpoint;
            }

            var user = Protocol.Length + "://".Length;
            var colon = Endpoint.IndexOf(':', user);
            var path = Endpoint.IndexOf('/', user);
            var end = Endpoint.LastIndexOf('@', path < 0 ? Endpoint.Length - 1 : path);
            return $"{Endpoint[..colon]}:****{Endpoint[end..]}";
        }
    }

    /// <summary>Nobody confirmed it for three days: AWS removes it then.</summary>
    public bool IsForgotten(DateTimeOffset now) => IsPending && now - At >= TimeSpan.FromDays(3);

    /// <summary>A token is good for two days.</summary>
    public bool IsExpired(DateTimeOffset now) => now - At >= TimeSpan.FromDays(2);

    /// <summary>Makes a new token; an older one is void.</summary>
    public void Renew(DateTimeOffset now) => (At, Token, WasAsked) = (now, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(80)), false);

    public void Apply(ImmutableDictionary<string, string> attributes, FilterPolicy? filter, string? deadLetterTargetArn)
    {
        Attributes = attributes;
        Filter = filter;
        IsRaw = attributes.GetValueOrDefault("RawMessageDelivery") == "true";
        DeadLetterTargetArn = deadLetterTargetArn;
    }
}
