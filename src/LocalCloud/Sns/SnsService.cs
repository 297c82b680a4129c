using System.Collections.Concurrent;
using System.Collections.Immutable;
using LocalCloud.Accounting;
using LocalCloud.Email;
using LocalCloud.Persistence.Topics;
using LocalCloud.Sns.Delivery;
using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <summary>The topics and subscriptions of the account. Everything here is plain C#: the protocol is elsewhere.</summary>
internal sealed partial class SnsService : IAsyncDisposable
{
    private readonly CloudOptions _options;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Subscription> _ended = new(StringComparer.Ordinal);
    private readonly SqsService _sqs;
    private readonly Courier _courier;
    private ulong _lastSequenceNumber = 10_000_000_000_000_000_000;

    public SnsService(CloudOptions options, SqsService sqs, Mailbox mailbox, RequestLedger ledger)
    {
        (_options, _sqs) = (options, sqs);
        Signer = new Signer((key, certificate) => Journal?.Signs(key, certificate));
        Envelopes = new Envelope(() => Endpoint, Signer);
        _courier = new Courier(sqs, mailbox, Envelopes, ledger, options, () => Journal, RecordAsked);
    }

    /// <summary>Where the services listen; known once the server has started.</summary>
    public Uri Endpoint { get; set; } = new("http://127.0.0.1");

    /// <summary>Invokes a function asynchronously, by its ARN; false when it cannot take the event.</summary>
    public Func<string, byte[], bool> InvokeFunction
    {
        set => _courier.InvokeFunction = value;
    }

    /// <summary>The keys that encrypt topics.</summary>
    public Kms.KmsKeys Keys => _sqs.Keys;

    public TimeProvider Time => _options.Time;

    public string AccountId => _options.AccountId;

    public Signer Signer { get; }

    /// <summary>Where all that happens to topics is recorded; null when they live in memory only.</summary>
    public TopicJournal? Journal { get; set; }

    public Envelope Envelopes { get; }

    public IEnumerable<Topic> Topics => _topics.Values.OrderBy(topic => topic.Arn, StringComparer.Ordinal);

    public IEnumerable<Subscription> Subscriptions => _subscriptions.Values.OrderBy(subscription => subscription.Arn, StringComparer.Ordinal);

    public Topic? Find(string arn) => _topics.GetValueOrDefault(arn);

    /// <exception cref="Http.ServiceException">There is no such topic.</exception>
    public Topic Topic(string arn)
    {
        if (!_topics.TryGetValue(arn, out var topic))
        {
            CheckArn(arn);
            throw SnsError.NotFound("Topic");
        }

        foreach (var forgotten in topic.Subscriptions.Where(subscription => subscription.IsForgotten(Time.GetUtcNow())))
        {
            Unsubscribe(forgotten.Arn, isSigned: true);
        }

        return topic;
    }

    /// <exception cref="Http.ServiceException">There is no such subscription.</exception>
    public Subscription Subscription(string arn) => _subscriptions.GetValueOrDefault(arn)
        ?? throw (arn.StartsWith("arn:", StringComparison.Ordinal) ? SnsError.NotFound("Subscription") : SnsError.InvalidParameter("SubscriptionArn"));

    public ValueTask DisposeAsync() => _courier.DisposeAsync();

    private static void CheckArn(string arn)
    {
        var elements = arn.Split(':').Length;
        if (!arn.StartsWith("arn:", StringComparison.Ordinal) || elements != 6)
        {
            throw SnsError.InvalidParameter($"TopicArn Reason: An ARN must have at least 6 elements, not {elements}");
        }
    }
}
