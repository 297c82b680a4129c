namespace Messaging.Publishing;

/// <summary>How messages are packed, and how often one is tried.</summary>
public sealed record PublisherOptions
{
    /// <summary>SQS's limit for all messages of a call, whatever the queue takes of one.</summary>
    internal const int LargestQueueBatch = LargestEver;

    private const int SmallestLimit = 1_024;
    private const int LargestEver = 1_024 * 1_024;

    /// <summary>
    /// What topics take of one message, and of all messages of a call, in bytes of body and attributes: their setting <c>MaximumMessageSize</c>. 1 KiB to 1
    /// MiB; SNS's default, and ours, is 256 KiB.
    /// </summary>
    public int LargestTopicMessage { get; init => field = Limit(nameof(LargestTopicMessage), value); } = 256 * 1_024;

    /// <summary>
    /// What queues take of one message, in bytes of body and attributes: their setting <c>MaximumMessageSize</c>. 1 KiB to 1 MiB; SQS's default, and ours, is 1
    /// MiB.
    /// </summary>
    public int LargestQueueMessage { get; init => field = Limit(nameof(LargestQueueMessage), value); } = LargestEver;

    /// <summary>Calls of one publisher that are under way to one destination at a time. 1 to 64.</summary>
    public int CallsAtATime
    {
        get;
        init => field = value is >= 1 and <= 64 ? value : throw new ArgumentOutOfRangeException(nameof(CallsAtATime), value, "CallsAtATime is 1 to 64.");
    } = 8;

    /// <summary>How often a message is sent that the service refuses for now, while it takes the others of the call. 1 to 10; 1 tries none again.</summary>
    public int Tries
    {
        get;
        init => field = value is >= 1 and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(Tries), value, "Tries is 1 to 10.");
    } = 3;

    /// <summary>The longest pause before the second try, drawn between nothing and this; it doubles with every further one. 1 millisecond to 1 minute.</summary>
    public TimeSpan FirstPause { get; init => field = Pause(nameof(FirstPause), value); } = TimeSpan.FromMilliseconds(50);

    /// <summary>No pause is drawn from more. 1 millisecond to 1 minute.</summary>
    public TimeSpan LongestPause { get; init => field = Pause(nameof(LongestPause), value); } = TimeSpan.FromSeconds(2);

    /// <summary>The pause after so many tries: full jitter, so that what failed together does not come back together.</summary>
    internal TimeSpan PauseAfter(int tries, double random)
    {
        var bound = FirstPause * Math.Pow(2, tries - 1);
        return (bound < LongestPause ? bound : LongestPause) * random;
    }

    private static int Limit(string name, int value) => value is >= SmallestLimit and <= LargestEver
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is 1 KiB to 1 MiB.");

    private static TimeSpan Pause(string name, TimeSpan value) => value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromMinutes(1)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is 1 millisecond to 1 minute.");
}
