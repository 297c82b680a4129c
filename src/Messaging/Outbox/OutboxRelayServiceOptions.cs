namespace Messaging.Outbox;

/// <summary>How a hosted relay works.</summary>
public sealed record OutboxRelayServiceOptions
{
    /// <summary>From the end of a sweep that published nothing to the next. After one that published something, the next follows at once. 10 ms to 1 hour.</summary>
    public TimeSpan Interval
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(10) && value <= TimeSpan.FromHours(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Interval), value, "Interval is 10 milliseconds to 1 hour.");
    } = TimeSpan.FromSeconds(1);

    /// <summary>What is to be done beside it, each by itself: <c>ParkedReplays.ResumeAsync</c>, <c>InboxCleanup.RunAsync</c>, <c>OutboxAuditCleanup.RunAsync</c>.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> Chores { get; init; } = [];

    /// <summary>From the end of a chore to its next time. 1 second to 1 day.</summary>
    public TimeSpan ChoreInterval
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ChoreInterval), value, "ChoreInterval is 1 second to 1 day.");
    } = TimeSpan.FromMinutes(1);
}
