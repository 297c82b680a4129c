namespace Messaging.Publishing;

/// <summary>
/// The messages that wait for one destination. Those of one key wait for each other, so a batch has one of each key, and several batches are under way at
/// a time.
/// </summary>
internal sealed class DestinationBatches : IDisposable
{
    private readonly string _destination;
    private readonly Publisher _publisher;
    private readonly BatchingPublisherOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly List<Waiting> _ready = [];

    // Of each key that has a message ready or under way, those behind it; null where there are none yet.
    private readonly Dictionary<string, Queue<Waiting>?> _keys = new(StringComparer.Ordinal);
    private long _bytes;
    private bool _closed;

    public DestinationBatches(string destination, Publisher publisher, BatchingPublisherOptions options, TimeProvider time)
    {
        (_destination, _publisher, _options, _time) = (destination, publisher, options, time);
        _timer = time.CreateTimer(static batches => ((DestinationBatches)batches!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds a message.</summary>
    /// <returns>A task that ends when it is out, with null, or when it did not get out.</returns>
    public Task<PublishFailure?> AddAsync(BatchedMessage message)
    {
        var waiting = new Waiting(message);
        var leaving = new List<Waiting[]>(2);
        lock (_gate)
        {
            if (_keys.TryGetValue(message.Key, out var followers))
            {
                _keys[message.Key] = followers ??= [];
                followers.Enqueue(waiting);
            }
            else
            {
                _keys.Add(message.Key, null);
                MakeReady(waiting, leaving);
            }
        }

        Leave(leaving);
        return waiting.Outcome.Task;
    }

    private void Flush()
    {
        var leaving = new List<Waiting[]>(1);
        lock (_gate)
            TakeAll(leaving);
        Leave(leaving);
    }

    /// <summary>From now on nothing waits for others.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
        Flush();
    }

    public void Dispose() => _timer.Dispose();

    private void MakeReady(Waiting waiting, List<Waiting[]> leaving)
    {
        var most = _publisher.LargestBatch(_destination);
        if (_bytes + waiting.Message.Bytes > most)
            TakeAll(leaving);
        _ready.Add(waiting);
        _bytes += waiting.Message.Bytes;
        var age = _time.GetElapsedTime(waiting.Message.Since);
        if (_ready.Count == SqsRules.LargestBatch || _bytes >= most || age >= _options.MaxAge || _closed)
            TakeAll(leaving);
        else if (_ready.TrueForAll(w => w.Message.Since >= waiting.Message.Since))
            _timer.Change(_options.MaxAge - age, Timeout.InfiniteTimeSpan);
    }

    private void TakeAll(List<Waiting[]> leaving)
    {
        if (_ready.Count > 0)
            leaving.Add([.. _ready]);
        _ready.Clear();
        _bytes = 0;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Leave(List<Waiting[]> leaving)
    {
        foreach (var batch in leaving)
            _ = SendAsync(batch);
    }

    private async Task SendAsync(Waiting[] batch)
    {
        var outcomes = await TrySendAsync(batch).ConfigureAwait(false);
        var behind = new List<Waiting>();
        var leaving = new List<Waiting[]>(2);
        lock (_gate)
        {
            for (var i = 0; i < batch.Length; i++)
            {
                var key = batch[i].Message.Key;
                if (outcomes[i] is null && _keys[key] is { Count: > 0 } followers)
                {
                    MakeReady(followers.Dequeue(), leaving);
                    continue;
                }

                behind.AddRange(_keys[key] ?? []);
                _keys.Remove(key);
            }
        }

        Leave(leaving);
        for (var i = 0; i < batch.Length; i++)
            batch[i].Outcome.SetResult(outcomes[i]);
        foreach (var waiting in behind)
            waiting.Outcome.SetResult(new(waiting.Message.Id, "An earlier message of its key failed.", PublishFailureCause.EarlierMessage) { Destination = _destination });
    }

    /// <returns>For each message null, or why it is not out.</returns>
    private async Task<PublishFailure?[]> TrySendAsync(Waiting[] batch)
    {
        using var limit = new TimeLimit(_options.Patience, _time, CancellationToken.None);
        try
        {
            var prepared = await Task.WhenAll(batch.Select(w => w.Message.PrepareAsync(_destination))).WaitAsync(limit.Token).ConfigureAwait(false);
            var failures = await _publisher.PublishAsync(_destination, [.. prepared.Select(p => p.Outbound).OfType<Outbound>()], limit.Token).ConfigureAwait(false);
            return [.. prepared.Select((p, i) => p.Failure ?? failures.FirstOrDefault(f => f.MessageId == batch[i].Message.Id))];
        }
#pragma warning disable CA1031 // Who waits for the answer is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return [.. batch.Select(w => new PublishFailure(w.Message.Id, $"{e.GetType().Name}: {e.Message}", PublishFailureCause.Message) { Destination = _destination })];
        }
    }

    private sealed record Waiting(BatchedMessage Message)
    {
        public TaskCompletionSource<PublishFailure?> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
