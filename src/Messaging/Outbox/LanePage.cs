using Messaging.Consuming;
using Messaging.Publishing;

namespace Messaging.Outbox;

/// <summary>What became of a page of a lane.</summary>
internal sealed record LanePage
{
    // From a second to an hour.
    private const int MostDoublings = 13;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Those that are out.</summary>
    public required IReadOnlyList<OutboxRow> Published { get; init; }

    /// <summary>Those that are tried again, each after its delay.</summary>
    public required IReadOnlyList<(OutboxRow Row, TimeSpan Delay, string Reason)> Postponed { get; init; }

    /// <summary>Those that are not tried again, with the reason.</summary>
    public required IReadOnlyList<(OutboxRow Row, string Reason)> Parked { get; init; }

    /// <summary>Their keys are closed: what follows must not overtake what did not leave.</summary>
    public required IReadOnlySet<string> ClosedKeys { get; init; }

    /// <summary>Why the destination took no call; null where it did.</summary>
    public string? DestinationFailure { get; init; }

    /// <summary>Judges what was tried.</summary>
    public static LanePage Of(IReadOnlyList<OutboxRow> tried, IReadOnlyList<PublishFailure> failures, OutboxOptions options)
    {
        var failed = failures.GroupBy(f => f.MessageId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var published = new List<OutboxRow>(tried.Count);
        var postponed = new List<(OutboxRow, TimeSpan, string)>();
        var parked = new List<(OutboxRow, string)>();
        var closed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in tried)
        {
            if (!failed.TryGetValue(row.Message.Id, out var failure))
            {
                published.Add(row);
                continue;
            }

            closed.Add(row.Message.Key);
            if (failure.Cause == PublishFailureCause.BadMessage || (failure.Cause == PublishFailureCause.Message && row.Attempts + 1 >= options.MaxAttempts))
                parked.Add((row, failure.Reason));
            else if (failure.Cause == PublishFailureCause.Message)
                postponed.Add((row, Backoff.Next(Math.Min(row.Attempts + 1, MostDoublings), FirstPause), failure.Reason));
        }

        return new()
        {
            Published = published,
            Postponed = postponed,
            Parked = parked,
            ClosedKeys = closed,
            DestinationFailure = failures.FirstOrDefault(f => f.Cause == PublishFailureCause.Destination)?.Reason,
        };
    }
}
