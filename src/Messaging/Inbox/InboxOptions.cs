namespace Messaging.Inbox;

/// <summary>How an inbox leases messages.</summary>
public sealed record InboxOptions
{
    /// <summary>
    /// How long a delivery holds its message without renewing, 3 seconds to 15 minutes. It renews after each third, so a handler may take
    /// longer than that; but a message whose process was killed waits for the rest of the lease.
    /// </summary>
    public TimeSpan Lease
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(3) && value <= TimeSpan.FromMinutes(15)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Lease), value, "Lease is 3 seconds to 15 minutes.");
    } = TimeSpan.FromSeconds(60);
}
