using LocalCloud.Http;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Persistence;

/// <content>The files: opened and replayed, synced once a second, compacted when they have grown, closed.</content>
internal sealed partial class Journal
{
    /// <summary>Replays what the folder has, in the order of the stores, and begins a new file with nothing in it but what is still true.</summary>
    /// <exception cref="JournalException">Another process uses the folder, or a file in it is broken, of another version or cannot be written.</exception>
    public static Journal Open(string path, IReadOnlyList<IPersistent> stores, ILogger logger)
    {
        var folder = JournalFolder.Open(path);
        Journal? journal = null;
        try
        {
            var old = folder.Files();
            Replay.Run(old, stores, logger);
            journal = new Journal(folder, stores, logger);
            foreach (var store in stores)
            {
                store.Restore(journal);
            }

            journal.Snapshot(old);
            journal._timer.Change(Beat, Beat);
            return journal;
        }
        catch (Exception refused)
        {
            journal?.Dispose();
            folder.Dispose();
            if (refused is IOException or UnauthorizedAccessException or ServiceException)
            {
                throw new JournalException($"The folder {path} cannot be used: {refused.Message}", refused);
            }

            throw;
        }
    }

    /// <summary>Begins a new file, writes into it what is still true while the services go on, and deletes the files before it.</summary>
    public void Compact()
    {
        lock (_filing)
        {
            if (_closed || Volatile.Read(ref _failure) is not null)
            {
                return;
            }

            var old = _folder.Files();
            try
            {
                Rotate();
                Snapshot(old);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Fail(failure);
            }
            catch (ServiceException)
            {
                // Said already, by whoever met it.
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_filing)
        {
            if (_closed)
            {
                return;
            }

            TryWrite();
            Sync();
            lock (_writing)
            {
                _closed = true;
                _file.Dispose();
            }

            _folder.Dispose();
        }
    }

    private void Snapshot(IReadOnlyList<string> old)
    {
        var before = Volatile.Read(ref _appended);
        foreach (var store in _stores)
        {
            store.Snapshot();
            Write();
        }

        _liveBytes = Volatile.Read(ref _appended) - before;
        // Messages between two queues are in neither snapshot: wait until each has been recorded where it arrived.
        if (!SpinWait.SpinUntil(() => Volatile.Read(ref _moves) == 0, MostPatience))
        {
            // The old files stay for now: reading them before the new one gives the same.
            return;
        }

        Write();
        _file.Sync();
        foreach (var file in old)
        {
            File.Delete(file);
        }
    }

    private void Rotate()
    {
        // Once before, so that the time under the lock is short.
        _file.Sync();
        lock (_writing)
        {
            WriteBuffer();
            _file.Sync();
            var next = JournalFile.Create(_folder.Next());
            _file.Dispose();
            _file = next;
        }
    }

    private void Sync()
    {
        var written = Volatile.Read(ref _written);
        if (written == _synced || Volatile.Read(ref _failure) is not null)
        {
            return;
        }

        try
        {
            _file.Sync();
            _synced = written;
        }
        catch (IOException failure)
        {
            Fail(failure);
        }
    }

    private void OnBeat()
    {
        // The beat before may still be compacting.
        if (!_filing.TryEnter())
        {
            return;
        }

        try
        {
            if (!_closed)
            {
                TryWrite();
                Sync();
                if (_file.Length > Limits.JournalBytes + (Limits.JournalGrowth * _liveBytes))
                {
                    Compact();
                }
            }
        }
        finally
        {
            _filing.Exit();
        }
    }
}
