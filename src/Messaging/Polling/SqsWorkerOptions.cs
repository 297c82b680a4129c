using Messaging.Consuming;

namespace Messaging.Polling;

/// <summary>How a worker polls its queue. Whole seconds where SQS counts in seconds.</summary>
public sealed record SqsWorkerOptions : QueueOptions
{
    // SQS counts its 12 hours from the receive: a part of them is kept for the way there and back.
    internal static readonly TimeSpan LongestHold = Backoff.Longest - TimeSpan.FromMinutes(1);

    /// <summary>Messages that are here at a time, those of a FIFO group that wait behind each other included; 1 to 1,000. Never are more received.</summary>
    public int MaxInFlight
    {
        get;
        init => field = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(MaxInFlight), value, "MaxInFlight is 1 to 1,000.");
    } = 10;

    /// <summary>How long a receive waits for a message: 0 to 20 seconds. Shorter costs more requests, and brings nothing sooner.</summary>
    public TimeSpan WaitTime
    {
        get;
        init => field = InRange(value, 0, 20, nameof(WaitTime));
    } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a message stays hidden unless the worker extends it: what a killed worker held comes back after that. 2 seconds to 12 hours. It
    /// is set on each receive, so the queue's own timeout does not matter here; handlers may run for longer, up to <see cref="MaxProcessingTime"/>.
    /// </summary>
    public TimeSpan VisibilityTimeout
    {
        get;
        init => field = InRange(value, 2, 43_200, nameof(VisibilityTimeout));
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a handler may run: then it is cancelled and its message comes back. 1 second to 12 hours, for SQS hides no message longer than
    /// 12 hours after its receive, the time that it waited behind others of its group included. A handler that does not stop is abandoned when a
    /// third of <see cref="VisibilityTimeout"/> is left: a failed attempt, whose message comes back when that is over, or is dead-lettered.
    /// </summary>
    public TimeSpan MaxProcessingTime
    {
        get;
        init => field = InRange(value, 1, 43_200, nameof(MaxProcessingTime));
    } = TimeSpan.FromMinutes(15);

    /// <summary>How long an acknowledgement may wait for nine others, to be sent with them in one request; 0 to 5 seconds.</summary>
    public TimeSpan AcknowledgeWithin
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromSeconds(5)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(AcknowledgeWithin), value, "AcknowledgeWithin is 0 to 5 seconds.");
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long handlers may go on after the process was told to stop; then they are cancelled. 0 to 10 minutes. With the default of 3 seconds a
    /// process ends within 5; a longer one must fit what the platform waits for before it kills, and the host's ShutdownTimeout (30 seconds).
    /// </summary>
    public TimeSpan DrainTimeout
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromMinutes(10)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DrainTimeout), value, "DrainTimeout is 0 to 10 minutes.");
    } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Asked before each receive: null to receive, else how long to wait before it is asked again, at most a minute. For what slots cannot tell:
    /// a partner's daily quota, a database under maintenance. Messages that are here already go on. Where it throws, the worker logs that and waits.
    /// </summary>
    public Func<TimeSpan?>? NotNow { get; init; }

    private static TimeSpan InRange(TimeSpan value, int least, int most, string name) =>
        value >= TimeSpan.FromSeconds(least) && value <= TimeSpan.FromSeconds(most) && value.Ticks % TimeSpan.TicksPerSecond == 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} to {most:N0} whole seconds.");
}
