using LocalCloud.Http;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Persistence;

/// <summary>
/// Every effect of the services that are persistent, in files of one folder. What was appended is written before an answer
/// leaves, many answers' records at once when many come; it is synced to the disk once a second. Safe for concurrent use.
/// </summary>
internal sealed partial class Journal : IDisposable
{
    private const int MostBuffered = 1024 * 1024;
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // Held while a record is copied into the buffer, taken last of all locks.
    private readonly Lock _buffering = new();
    // Held while the buffer is written; the only lock under which _buffering may be taken.
    private readonly Lock _writing = new();
    // Held by whoever compacts, syncs or closes.
    private readonly Lock _filing = new();
    private readonly JournalFolder _folder;
    private readonly IReadOnlyList<IPersistent> _stores;
    private readonly ILogger _logger;
    private readonly Timer _timer;
    private byte[] _buffer = new byte[64 * 1024];
    private byte[] _spare = new byte[64 * 1024];
    private int _buffered;
    private long _appended;
    private long _written;
    private long _synced;
    private long _liveBytes;
    private int _moves;
    private JournalFile _file;
    private string? _failure;
    private bool _closed;

    private Journal(JournalFolder folder, IReadOnlyList<IPersistent> stores, ILogger logger)
    {
        (_folder, _stores, _logger) = (folder, stores, logger);
        _file = JournalFile.Create(folder.Next());
        // The disk's own time: a test that moves the clock does not mean it.
        _timer = new Timer(static journal => ((Journal)journal!).OnBeat(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Adds a record. It never fails and never waits for long: whether it was written is known when the answer leaves.</summary>
    public void Append(RecordWriter record)
    {
        var framed = record.Framed();
        bool full;
        lock (_buffering)
        {
            if (_failure is not null || _closed)
            {
                return;
            }

            if (_buffer.Length - _buffered < framed.Length)
            {
                Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _buffered + framed.Length));
            }

            framed.CopyTo(_buffer.AsSpan(_buffered));
            _buffered += framed.Length;
            Volatile.Write(ref _appended, _appended + framed.Length);
            full = _buffered > MostBuffered;
        }

        if (full)
        {
            TryWrite();
        }
    }

    /// <summary>Returns when everything appended so far is with the operating system.</summary>
    /// <exception cref="ServiceException">It cannot be written: nothing is acknowledged any more until a restart.</exception>
    public void Write()
    {
        if (Volatile.Read(ref _written) < Volatile.Read(ref _appended))
        {
            TryWrite();
        }

        ThrowIfFailed();
    }

    /// <summary>Keeps memory from going on alone: nothing is begun that could not be recorded.</summary>
    /// <exception cref="ServiceException">The journal could not be written, or is closed.</exception>
    public void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw new ServiceException("ServiceUnavailable", failure, status: 503);
        }

        if (Volatile.Read(ref _closed))
        {
            throw new ServiceException("ServiceUnavailable", "LocalCloud is stopping.", status: 503);
        }
    }

    /// <summary>
    /// A message leaves a queue and has not arrived in the other one yet. Until <see cref="EndMove"/>, a compaction keeps the
    /// files in which it still is in the first.
    /// </summary>
    public void BeginMove() => Interlocked.Increment(ref _moves);

    public void EndMove() => Interlocked.Decrement(ref _moves);

    private void TryWrite()
    {
        lock (_writing)
        {
            if (_closed || _failure is not null)
            {
                return;
            }

            try
            {
                WriteBuffer();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Fail(failure);
            }
        }
    }

    private void WriteBuffer()
    {
        int length;
        long appended;
        lock (_buffering)
        {
            (_buffer, _spare) = (_spare, _buffer);
            (length, _buffered, appended) = (_buffered, 0, _appended);
        }

        if (length > 0)
        {
            _file.Write(_spare.AsSpan(0, length));
            Volatile.Write(ref _written, appended);
        }

        if (_spare.Length > 2 * MostBuffered)
        {
            _spare = new byte[64 * 1024];
        }
    }

    private void Fail(Exception failure)
    {
        var first = Interlocked.CompareExchange(
            ref _failure, $"The journal {_file.Path} cannot be written, so nothing can be acknowledged: {failure.Message} Make room or mend the disk, then start again.", null) is null;
        if (first)
        {
            Log.JournalFailed(_logger, failure, _file.Path);
        }
    }
}
