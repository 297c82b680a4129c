namespace Messaging.Publishing;

/// <summary>How long messages wait for others, and how many.</summary>
public sealed record BatchingPublisherOptions
{
    /// <summary>
    /// How long the oldest waits for nine others. It is the age of the oldest and not a quiet time: a steady trickle delays nobody for longer. 1
    /// millisecond to 1 minute.
    /// </summary>
    public TimeSpan MaxAge
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromMinutes(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxAge), value, "MaxAge is 1 millisecond to 1 minute.");
    } = TimeSpan.FromMilliseconds(20);

    /// <summary>Messages that wait or are under way; who sends another one waits for room. 10 to 100,000.</summary>
    public int MaxWaiting
    {
        get;
        init => field = value is >= 10 and <= 100_000 ? value : throw new ArgumentOutOfRangeException(nameof(MaxWaiting), value, "MaxWaiting is 10 to 100,000.");
    } = 1_000;

    /// <summary>How long a batch may take to get out, tries included, before its messages are reported. 1 second to 15 minutes.</summary>
    public TimeSpan Patience
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromMinutes(15)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Patience), value, "Patience is 1 second to 15 minutes.");
    } = TimeSpan.FromSeconds(30);
}
