using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <summary>A published message on its way to the subscriptions.</summary>
internal sealed record Notification(Topic Topic, string Message, MessageAttribute[] Attributes, DateTimeOffset At)
{
    public Guid Id { get; init; } = Guid.NewGuid();

    public string? Subject { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>Of FIFO topics only.</summary>
    public ulong? SequenceNumber { get; init; }

    /// <summary>With MessageStructure=json: the text for each protocol, <c>default</c> for the others.</summary>
    public IReadOnlyDictionary<string, string>? Texts { get; init; }

    /// <summary>Sent again from the topic's archive.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>The address that the publisher used, for the links in envelopes; null takes the server's own.</summary>
    public string? BaseUrl { get; init; }

    public string Timestamp => At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public string TextFor(string protocol) => Texts is null ? Message : Texts.GetValueOrDefault(protocol) ?? Texts["default"];
}
