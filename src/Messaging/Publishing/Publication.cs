namespace Messaging.Publishing;

/// <summary>
/// The messages of one <see cref="Publisher.PublishAsync(string, IReadOnlyList{Outbound}, CancellationToken)"/>: packs them into calls, some side by side,
/// so that of each key one message at a time is under way.
/// </summary>
internal sealed class Publication
{
    private readonly DestinationCalls _calls;
    private readonly PublisherOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;
    private readonly Lock _gate = new();
    private readonly PublicationEntry[] _entries;
    private readonly Queue<PublicationEntry> _ready = [];
    private readonly Queue<PublicationEntry> _again = [];
    private long _readyBytes;
    private int _workers = 1;
    private int _awaited;
    private PublishFailure? _away;

    /// <param name="entries">In the order that each key's messages must keep.</param>
    /// <param name="calls">The calls to the destination.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock for pauses.</param>
    /// <param name="cancellationToken">Ends calls and pauses.</param>
    public Publication(PublicationEntry[] entries, DestinationCalls calls, PublisherOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        (_entries, _calls, _options, _time, _cancellationToken) = (entries, calls, options, time, cancellationToken);
        var last = new Dictionary<string, PublicationEntry>(entries.Length, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (last.TryGetValue(entry.Message.Key, out var former))
                former.Next = entry;
            else
                MakeReady(entry);
            last[entry.Message.Key] = entry;
        }
    }

    /// <summary>Sends until every message is out, has failed, or stands behind one that has.</summary>
    public async Task<IReadOnlyList<PublishFailure>> RunAsync()
    {
        await WorkAsync().ConfigureAwait(false);
        var failures = new List<PublishFailure>();
        var failedKeys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in _entries)
        {
            if (entry.IsOut)
                continue;
            if (failedKeys.Contains(entry.Message.Key))
                failures.Add(new(entry.Message.Id, "An earlier message of its key failed.", PublishFailureCause.EarlierMessage));
            else
                failures.Add(entry.Failure ?? _away! with { MessageId = entry.Message.Id });
            if (failures[^1].Cause != PublishFailureCause.Destination)
                failedKeys.Add(entry.Message.Key);
        }

        return failures;
    }

    // One call after the other; while there is more to send, it lets another worker begin. What it began, it waits for.
    private async Task WorkAsync()
    {
        List<Task>? begun = null;
        while (Take(out var letAnotherBegin) is { } batch)
        {
            var call = _calls.TrySendAsync(Array.ConvertAll(batch, e => e.Message), _cancellationToken);
            if (letAnotherBegin)
                (begun ??= []).Add(WorkAsync());
            if (Settle(batch, await call.ConfigureAwait(false)) is { Count: > 0 } again)
                (begun ??= []).Add(TryAgainAsync(again));
        }

        if (begun is not null)
            await Task.WhenAll(begun).ConfigureAwait(false);
    }

    private PublicationEntry[]? Take(out bool letAnotherBegin)
    {
        lock (_gate)
        {
            letAnotherBegin = false;
            if (!HasBatch())
            {
                _workers--;
                return null;
            }

            var batch = new List<PublicationEntry>(SqsRules.LargestBatch);
            var bytes = 0;
            while (batch.Count < SqsRules.LargestBatch && Peek() is { } entry && (batch.Count == 0 || bytes + entry.Bytes <= _calls.LargestBatch))
            {
                batch.Add((_again.Count > 0 ? _again : _ready).Dequeue());
                bytes += entry.Bytes;
                entry.Tries++;
                _awaited += entry.Next is null ? 0 : 1;
            }

            _readyBytes -= bytes;
            letAnotherBegin = _workers < _options.CallsAtATime && HasBatch();
            _workers += letAnotherBegin ? 1 : 0;
            return [.. batch];
        }
    }

    /// <summary>Notes what became of a call.</summary>
    /// <returns>Those that are tried again.</returns>
    private List<PublicationEntry> Settle(PublicationEntry[] batch, IReadOnlyList<EntryFailure> failures)
    {
        var again = new List<PublicationEntry>();
        lock (_gate)
        {
            var mayPass = 0;
            foreach (var (index, failure, passes) in failures)
            {
                batch[index].Failure = failure;
                if (failure.Cause == PublishFailureCause.Destination)
                    _away ??= failure;
                else if (passes && batch[index].Tries < _options.Tries)
                    mayPass |= 1 << index;
            }

            for (var i = 0; i < batch.Length; i++)
            {
                var entry = batch[i];
                _awaited -= entry.Next is null ? 0 : 1;
                if (entry.Failure is not null)
                {
                    if ((mayPass & (1 << i)) != 0 && _away is null)
                        again.Add(entry);
                    continue;
                }

                entry.IsOut = true;
                if (entry.Next is { } next)
                    MakeReady(next);
            }
        }

        return again;
    }

    private async Task TryAgainAsync(List<PublicationEntry> entries)
    {
        var pause = _options.PauseAfter(entries.Max(e => e.Tries), Random.Shared.NextDouble());
        await Task.Delay(pause, _time, _cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            // What is known of them is that the service did not take them.
            if (_cancellationToken.IsCancellationRequested || _away is not null)
                return;
            foreach (var entry in entries)
            {
                entry.Failure = null;
                _again.Enqueue(entry);
                _readyBytes += entry.Bytes;
            }

            if (_workers == _options.CallsAtATime)
                return;
            _workers++;
        }

        await WorkAsync().ConfigureAwait(false);
    }

    // A call that is not full waits for those under way, if they let others go: ten keys fill a call for good.
    private bool HasBatch() => _away is null && _ready.Count + _again.Count is > 0 and var ready
        && (_awaited == 0 || ready >= SqsRules.LargestBatch || _readyBytes >= _calls.LargestBatch);

    private PublicationEntry? Peek() => _again.TryPeek(out var entry) || _ready.TryPeek(out entry) ? entry : null;

    private void MakeReady(PublicationEntry entry)
    {
        // One that cannot be sent ends its key.
        if (entry.Failure is not null)
            return;
        _ready.Enqueue(entry);
        _readyBytes += entry.Bytes;
    }
}
