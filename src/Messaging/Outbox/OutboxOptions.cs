namespace Messaging.Outbox;

/// <summary>How the outbox is emptied.</summary>
public sealed record OutboxOptions
{
    /// <summary>
    /// How long committed messages are left to the invocation that committed them, before a relay takes them. It publishes during the first half
    /// only, so that the two do not meet. 2 seconds to 1 hour.
    /// </summary>
    public TimeSpan Grace
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(2) && value <= TimeSpan.FromHours(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Grace), value, "Grace is 2 seconds to 1 hour.");
    } = TimeSpan.FromSeconds(20);

    /// <summary>How long a relay holds a lane without renewing. 5 seconds to 15 minutes.</summary>
    public TimeSpan Lease
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(5) && value <= TimeSpan.FromMinutes(15)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Lease), value, "Lease is 5 seconds to 15 minutes.");
    } = TimeSpan.FromSeconds(30);

    /// <summary>Rows a relay reads, publishes and marks at a time. 10 to 1,000: DSQL changes at most 3,000 rows in a transaction.</summary>
    public int PageSize
    {
        get;
        init => field = value is >= 10 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(PageSize), value, "PageSize is 10 to 1,000.");
    } = 200;

    /// <summary>Failed tries after which a message is parked. 1 to 1,000.</summary>
    public int MaxAttempts
    {
        get;
        init => field = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(MaxAttempts), value, "MaxAttempts is 1 to 1,000.");
    } = 50;
}
