using System.Globalization;
using Messaging.Publishing;

namespace Benchmarks.Outbox.Relay;

/// <summary>Takes messages at once, and watches each key's order.</summary>
internal sealed class OrderedSink
{
    private readonly int[] _last = new int[Backlog.Keys];
    private int _count;
    private int _outOfOrder;

    /// <summary>Messages that came.</summary>
    public int Count => _count;

    /// <summary>Messages that came after a later one of their key, or twice.</summary>
    public int OutOfOrder => _outOfOrder;

    public Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            var number = int.Parse(message.Id.AsSpan(24), CultureInfo.InvariantCulture);
            if (Interlocked.Exchange(ref _last[int.Parse(message.Id.AsSpan(0, 8), CultureInfo.InvariantCulture)], number) >= number)
                Interlocked.Increment(ref _outOfOrder);
        }

        Interlocked.Add(ref _count, messages.Count);
        return Task.FromResult<IReadOnlyList<PublishFailure>>([]);
    }
}
