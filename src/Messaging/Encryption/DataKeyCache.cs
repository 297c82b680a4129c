namespace Messaging.Encryption;

/// <summary>Data keys by name, for a time, a number of uses and a number of keys. Whoever comes while a key is on its way waits for the same call.</summary>
internal sealed class DataKeyCache(TimeSpan maxAge, long mostUses, int mostKeys, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>The key of this name, held: release it after use.</summary>
    /// <param name="name">The key's name.</param>
    /// <param name="uses">How often it will be used.</param>
    /// <param name="load">Gets one. Not cancelled with who asks first, for others wait for it too.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask<DataKey> HoldAsync(string name, int uses, Func<Task<DataKey>> load, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = EntryOf(name, uses, load);
            try
            {
                var key = await entry.Loading.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (key.TryHold())
                    return key;
            }
            catch when (entry.Loading.IsFaulted || entry.Loading.IsCanceled)
            {
                // The next who asks tries again.
                Remove(name, entry);
                throw;
            }
        }
    }

    /// <summary>Drops all keys.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var entry in _entries.Values)
                Drop(entry);
            _entries.Clear();
        }
    }

    private Entry EntryOf(string name, int uses, Func<Task<DataKey>> load)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(name, out var entry) && !IsOld(entry) && entry.Uses + uses <= mostUses)
            {
                entry.Uses += uses;
                return entry;
            }

            // Rare enough to look at all: what is old goes when a new one comes.
            foreach (var (old, _) in _entries.Where(e => e.Key == name || IsOld(e.Value)).ToArray())
                Remove(old);
            if (_entries.Count >= mostKeys)
                Remove(_entries.MinBy(e => e.Value.LoadedAt).Key);
            entry = new(Task.Run(load), time.GetUtcNow()) { Uses = uses };
            _entries.Add(name, entry);
            return entry;
        }
    }

    // By the time of day: a process may be frozen for hours, and its timestamps with it. A clock that was set back makes a key old too.
    private bool IsOld(Entry entry) => entry.Loading.IsFaulted || (time.GetUtcNow() - entry.LoadedAt).Duration() >= maxAge;

    private void Remove(string name, Entry entry)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(name, out var present) && present == entry)
                Remove(name);
        }
    }

    private void Remove(string name)
    {
        if (_entries.Remove(name, out var entry))
            Drop(entry);
    }

    private static void Drop(Entry entry) => entry.Loading.ContinueWith(
        loading => loading.Result.Release(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private sealed class Entry(Task<DataKey> loading, DateTimeOffset loadedAt)
    {
        public Task<DataKey> Loading => loading;

        public DateTimeOffset LoadedAt => loadedAt;

        public long Uses { get; set; }
    }
}
