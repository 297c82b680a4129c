namespace Messaging.Outbox;

/// <summary>What the audit of dead letters forgets, and how much of it at a time.</summary>
public sealed record OutboxAuditCleanupOptions
{
    /// <summary>How long an act is remembered: 1 to 3,650 days. The default is a year and the month in which somebody asks about it.</summary>
    public TimeSpan Memory
    {
        get;
        init => field = value >= TimeSpan.FromDays(1) && value <= TimeSpan.FromDays(3_650)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Memory), value, "Memory is 1 to 3,650 days.");
    } = TimeSpan.FromDays(400);

    /// <summary>Rows deleted in one transaction, 10 to 1,000: DSQL changes at most 3,000 rows in one, and an index may count as well.</summary>
    public int PageSize
    {
        get;
        init => field = value is >= 10 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(PageSize), value, "PageSize is 10 to 1,000.");
    } = 500;

    /// <summary>Pages in one run, 1 to 10,000.</summary>
    public int MostPages
    {
        get;
        init => field = value is >= 1 and <= 10_000 ? value : throw new ArgumentOutOfRangeException(nameof(MostPages), value, "MostPages is 1 to 10,000.");
    } = 100;
}
