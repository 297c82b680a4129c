namespace Messaging.RequestReply;

/// <summary>A reply as it came: its envelope's attributes, and its data still in bytes.</summary>
internal sealed record RawReply(string Type, ReadOnlyMemory<byte> Data);

/// <summary>The requests that wait for their reply. While there is one, and no longer, somebody receives.</summary>
/// <param name="receive">Receives replies until the token is cancelled, and ends what it has begun before it ends.</param>
internal sealed class OpenAsks(Func<CancellationToken, Task> receive)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskCompletionSource<RawReply>> _asks = new(StringComparer.Ordinal);
    private Action? _stop;
    private Task _receiving = Task.CompletedTask;

    public int Count
    {
        get
        {
            lock (_gate)
                return _asks.Count;
        }
    }

    /// <summary>Begins to wait for a reply.</summary>
    public Task<RawReply> Open(string id)
    {
        var ask = new TaskCompletionSource<RawReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _asks.Add(id, ask);
            if (_stop is null)
            {
                // Not disposed of: it has no timer, and whoever cancels it may still be at it.
                var idle = new CancellationTokenSource();
                _stop = idle.Cancel;
                var round = Task.Run(() => receive(idle.Token));
                _receiving = _receiving.IsCompleted ? round : Task.WhenAll(_receiving, round);
            }
        }

        return ask.Task;
    }

    /// <summary>
    /// Hands a reply over. False where nobody waits for it. The last one ends receiving at once: another receive would take replies that are for others, and
    /// then be broken off.
    /// </summary>
    public bool TryAnswer(string id, RawReply reply)
    {
        Action? stop = null;
        lock (_gate)
        {
            if (!_asks.Remove(id, out var ask) || !ask.TrySetResult(reply))
                return false;
            if (_asks.Count == 0)
                (stop, _stop) = (_stop, null);
        }

        stop?.Invoke();
        return true;
    }

    /// <summary>Stops waiting, whether the reply came or not.</summary>
    /// <returns>Ends at once or, where nobody waits any more, when nobody receives any more either.</returns>
    public Task CloseAsync(string id)
    {
        Action? stop = null;
        var receiving = Task.CompletedTask;
        lock (_gate)
        {
            _asks.Remove(id);
            if (_asks.Count == 0)
                (stop, _stop, receiving) = (_stop, null, _receiving);
        }

        // A process that Lambda freezes must leave no receive open: SQS would hand it replies that others wait for.
        stop?.Invoke();
        return receiving;
    }

    /// <summary>Waits until nobody receives any more. The asks must be closed.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
            return _receiving;
    }
}
