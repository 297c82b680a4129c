namespace Messaging.Outbox;

/// <summary>Which dead letters to list: all of them, unless it says less.</summary>
public sealed record OutboxDeadLetterQuery
{
    /// <summary>Only those of this destination.</summary>
    public string? Destination { get; init; }

    /// <summary>Only those of this key.</summary>
    public string? Key { get; init; }

    /// <summary>The last one of the page before; null for the first page.</summary>
    public OutboxDeadLetter? After { get; init; }

    /// <summary>Dead letters a page, 1 to 1,000.</summary>
    public int PageSize
    {
        get;
        init => field = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(PageSize), value, "PageSize is 1 to 1,000.");
    } = 100;
}
