namespace LocalCloud.Persistence.Topics;

/// <summary>A subscription; its topic by ARN.</summary>
internal sealed record SubscriptionImage(string Arn, string TopicArn, string Protocol, string Endpoint, DateTimeOffset At)
{
    public string? Token { get; init; }

    public bool IsPending { get; init; }

    public bool WasAsked { get; init; }

    public bool ConfirmedWithSignature { get; init; }

    public bool RequiresSignature { get; init; }

    public required string Principal { get; init; }

    public required Dictionary<string, string> Attributes { get; init; }
}
