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

    /// <summary>
    /// How long a relay holds a lane without renewing: so long a lane waits when its relay dies. Each call to a destination has half of it. 5 seconds to
    /// 15 minutes.
    /// </summary>
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
    } = 1_000;

    /// <summary>Lanes of a destination that a relay works on at a time, each on a connection of its own while it asks the database. 1 to 16.</summary>
    public int LanesAtATime
    {
        get;
        init => field = value is >= 1 and <= OutboxLane.Count ? value : throw new ArgumentOutOfRangeException(nameof(LanesAtATime), value, "LanesAtATime is 1 to 16.");
    } = 4;

    /// <summary>How long a lane rests when its destination took no call: no message is tried meanwhile, and none is to blame. 1 second to 15 minutes.</summary>
    public TimeSpan Rest
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromMinutes(15)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Rest), value, "Rest is 1 second to 15 minutes.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Bytes of the largest message that is written, attributes included, once it is prepared; 1 KiB to 1 MiB. The default is what SNS takes unless a topic's
    /// MaximumMessageSize says more; on Aurora DSQL leave it so, for a text of 1 MiB is its largest, and 10 MiB are a transaction's.
    /// </summary>
    public int LargestMessage
    {
        get;
        init => field = value is >= 1_024 and <= 1_024 * 1_024
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LargestMessage), value, "LargestMessage is 1 KiB to 1 MiB.");
    } = 256 * 1_024;

    /// <summary>
    /// Failed tries after which a message is parked, counted where the destination takes others. The default is about a day: the pauses double from a
    /// second to an hour. 1 to 1,000.
    /// </summary>
    public int MaxAttempts
    {
        get;
        init => field = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(MaxAttempts), value, "MaxAttempts is 1 to 1,000.");
    } = 50;
}
