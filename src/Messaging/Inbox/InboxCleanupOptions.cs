namespace Messaging.Inbox;

/// <summary>What the inbox forgets, and how much of it at a time.</summary>
public sealed record InboxCleanupOptions
{
    // SNS retries a delivery for up to 23 days, and the queue keeps what it then gets for up to 14.
    private static readonly TimeSpan LatestDuplicate = TimeSpan.FromDays(23 + 14);

    /// <summary>
    /// How long an answer, or a count of attempts, is remembered: 37 to 3,650 days. A duplicate can be 37 days late, since SNS retries for up to
    /// 23 and SQS keeps for up to 14; the default adds a week for whoever redrives a dead-letter queue.
    /// </summary>
    public TimeSpan Memory
    {
        get;
        init => field = value >= LatestDuplicate && value <= TimeSpan.FromDays(3_650)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Memory), value, "Memory is 37 to 3,650 days: a duplicate can be 37 days late.");
    } = TimeSpan.FromDays(45);

    /// <summary>Rows deleted in one transaction, 10 to 1,000: DSQL changes at most 3,000 rows in one, and an index may count as well.</summary>
    public int PageSize
    {
        get;
        init => field = value is >= 10 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(PageSize), value, "PageSize is 10 to 1,000.");
    } = 500;

    /// <summary>Pages of each table in one run, 1 to 10,000. The default of 100, once a minute, keeps up with 800 messages a second.</summary>
    public int MostPages
    {
        get;
        init => field = value is >= 1 and <= 10_000 ? value : throw new ArgumentOutOfRangeException(nameof(MostPages), value, "MostPages is 1 to 10,000.");
    } = 100;
}
