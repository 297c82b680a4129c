using Messaging.Consuming;

namespace Messaging.Polling;

/// <summary>Collects what goes to the queue and sends ten of it at a call: as soon as there are ten, or the first has waited for long enough.</summary>
internal sealed class Batches<T> : IDisposable
{
    private const int MostFailures = 6;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private readonly Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<T>>> _send;
    private readonly TimeSpan _longestWait;
    private readonly int _senders;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<(T Item, DateTimeOffset Since)> _waiting = [];
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ITimer _timer;
    private bool _due;
    private bool _completed;

    /// <param name="send">Sends up to ten and tells which to try again; never throws.</param>
    /// <param name="longestWait">How long the first waits for nine others.</param>
    /// <param name="senders">Calls at a time; with one, what is tried again stays in front of what came after it.</param>
    /// <param name="time">The clock.</param>
    public Batches(Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<T>>> send, TimeSpan longestWait, int senders, TimeProvider time)
    {
        (_send, _longestWait, _senders, _time) = (send, longestWait, senders, time);
        _timer = time.CreateTimer(static batches => ((Batches<T>)batches!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many wait, those that are being sent not included.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Adds one.</summary>
    /// <param name="item">What to send.</param>
    /// <param name="atOnce">True where no others can be expected that it could wait for.</param>
    public void Add(T item, bool atOnce)
    {
        lock (_gate)
        {
            _waiting.Add((item, _time.GetUtcNow()));
            _due |= atOnce;
            if (_waiting.Count == 1 && !_due)
                WaitForMore();
            if (!_due && !_completed && _waiting.Count % SqsRules.LargestBatch != 0)
                return;
        }

        _wake.Release();
    }

    /// <summary>Sends what there is now.</summary>
    public void Flush()
    {
        lock (_gate)
            _due = _waiting.Count > 0;
        _wake.Release();
    }

    /// <summary>Sends until all is sent after <see cref="Complete"/>, or until it is cancelled.</summary>
    public Task RunAsync(CancellationToken giveUp) => Task.WhenAll(Enumerable.Range(0, _senders).Select(_ => SendAsync(giveUp)));

    /// <summary>From now on nothing waits for others.</summary>
    public void Complete()
    {
        lock (_gate)
            _completed = true;
        _wake.Release(_senders);
    }

    // A callback of the timer may still come, and must find the semaphore: without a wait handle that has nothing to dispose.
    public void Dispose() => _timer.Dispose();

    private async Task SendAsync(CancellationToken giveUp)
    {
        for (var failures = 0; !giveUp.IsCancellationRequested;)
        {
            var (batch, last) = Next();
            if (last)
                return;
            if (batch.Count == 0)
            {
                await _wake.WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            var again = await _send(batch, giveUp).ConfigureAwait(false);
            failures = again.Count > 0 ? Math.Min(failures + 1, MostFailures) : 0;
            if (failures > 0)
            {
                var delay = Backoff.Next(failures, FirstDelay);
                await Task.Delay(delay, _time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                PutBack(again);
            }
        }
    }

    private (IReadOnlyList<T> Batch, bool Last) Next()
    {
        lock (_gate)
        {
            if (_waiting.Count < SqsRules.LargestBatch && !_due && !_completed)
                return ([], false);
            var batch = _waiting.Take(SqsRules.LargestBatch).Select(w => w.Item).ToArray();
            _waiting.RemoveRange(0, batch.Length);
            _due &= _waiting.Count > 0;
            if (_waiting.Count > 0 && !_due)
                WaitForMore();
            return (batch, _completed && batch.Length == 0);
        }
    }

    private void PutBack(IReadOnlyList<T> items)
    {
        lock (_gate)
        {
            _waiting.InsertRange(0, items.Select(item => (item, DateTimeOffset.MinValue)));
            _due = true;
        }
    }

    private void WaitForMore()
    {
        var wait = _waiting[0].Since + _longestWait - _time.GetUtcNow();
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
