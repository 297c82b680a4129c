namespace Messaging.Telemetry;

/// <summary>The attributes of a measurement that a line tells of.</summary>
internal readonly ref struct EmfTags
{
    public EmfTags(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case Names.ConsumerGroup:
                    Consumer = value as string;
                    break;
                case Names.EventType:
                    Type = value as string;
                    break;
                case Names.Verdict:
                    Verdict = value as string;
                    break;
                case Names.Destination:
                    Destination = value as string;
                    break;
                case Names.Reason:
                    Reason = value as string;
                    break;
                case Names.ErrorType:
                    Error = value as string;
                    break;
            }
        }
    }

    public string? Consumer { get; }

    public string? Type { get; }

    public string? Verdict { get; }

    /// <summary>Of a consumer its queue, of the outbox where its messages go.</summary>
    public string? Destination { get; }

    public string? Reason { get; }

    public string? Error { get; }
}
