using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>A line of the log.</summary>
internal sealed record LogLine(int Id, string Name, string Text);

/// <summary>Keeps what was logged.</summary>
internal class RecordedLog : ILogger
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public IEnumerable<int> Ids => _lines.Select(line => line.Id);

    public IEnumerable<string> Names => _lines.Select(line => line.Name);

    /// <summary>What a test does at a line, on the thread that logs it.</summary>
    public Action<LogLine>? OnLine { get; set; }

    /// <summary>Waits until a line has these words.</summary>
    public Task UntilAsync(string words) => Eventually.TrueAsync(() => _lines.Any(line => line.Text.Contains(words, StringComparison.Ordinal)));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = new LogLine(eventId.Id, eventId.Name ?? "", formatter(state, exception));
        _lines.Enqueue(line);
        OnLine?.Invoke(line);
    }
}

/// <inheritdoc cref="RecordedLog"/>
internal sealed class RecordedLog<T> : RecordedLog, ILogger<T>;
