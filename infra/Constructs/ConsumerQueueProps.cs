using Amazon.CDK;
using Amazon.CDK.AWS.KMS;

namespace Infra.Constructs;

/// <summary>What a consumer's queue is made from.</summary>
public sealed record ConsumerQueueProps
{
    /// <summary>Handles the messages, in batches, and reports each failure by itself.</summary>
    public required Function Function { get; init; }

    /// <summary>Encrypts both queues. Its policy must let the topics deliver that the queue is subscribed to.</summary>
    public required IKey Key { get; init; }

    /// <summary>How many batches are handled at a time, 2 to 1,000: what the slowest thing behind the function can bear.</summary>
    public required double Pace { get; init; }

    /// <summary>How long a message may wait before somebody is told: 1 minute to 14 days.</summary>
    public Duration Promise { get; init; } = Duration.Minutes(15);

    /// <summary>Order per message group, in the high-throughput mode.</summary>
    public bool Fifo { get; init; }

    /// <summary>Messages a batch, 1 to 10: larger ones need a batching window, and FIFO queues have none.</summary>
    public double BatchSize { get; init; } = 10;

    /// <summary>
    /// Receives after which SQS itself moves a message to the dead-letter queue, 5 to 1,000. Receives are not attempts: throttling uses them up,
    /// and so does a neighbour's failure in a message group. The function gives up by itself after far fewer runs that failed
    /// (<c>MaxAttempts</c>), and says why; this is for what kills it each time before it can answer.
    /// </summary>
    public double MaxReceiveCount { get; init; } = 100;

    /// <summary>At least six times the function's timeout, which is the default; SQS allows 12 hours.</summary>
    public Duration VisibilityTimeout { get => field ?? Duration.Seconds(MinimumVisibility); init; }

    private double MinimumVisibility => 6 * Function.Timeout.ToSeconds();

    internal void Validate(string queue)
    {
        Require(Pace is >= 2 and <= 1000, queue, $"a pace of {Pace}", "2 to 1,000 batches at a time");
        Require(BatchSize is >= 1 and <= 10, queue, $"a batch size of {BatchSize}", "1 to 10");
        Require(MaxReceiveCount is >= 5 and <= 1000, queue, $"a max receive count of {MaxReceiveCount}", "5 to 1,000");
        Require(Promise.ToSeconds() is >= 60 and <= 1_209_600, queue, $"a promise of {Promise.ToSeconds()} s", "1 minute to 14 days, as long as a queue keeps a message");
        Require(VisibilityTimeout.ToSeconds() >= MinimumVisibility, queue,
            $"a visibility timeout of {VisibilityTimeout.ToSeconds()} s", $"{MinimumVisibility} s or more, six times the function's timeout");
        Require(VisibilityTimeout.ToHours(new TimeConversionOptions { Integral = false }) <= 12, queue,
            $"a visibility timeout of {VisibilityTimeout.ToSeconds()} s", "12 hours or less, and so a function timeout of 2 hours or less");
    }

    private static void Require(bool met, string queue, string found, string expected)
    {
        if (!met)
            throw new ArgumentException($"Queue '{queue}' has {found}. Use {expected}.");
    }
}
