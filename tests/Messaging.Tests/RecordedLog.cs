using System.Collections.Concurrent;
using Messaging.Consuming;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Tests;

/// <summary>Keeps what a consumer logs.</summary>
internal sealed class RecordedLog : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public static Consumer Consumer(RecordedLog? log, MessageHandler<Greeting> handler) =>
        new Consumer("tests", (ILogger?)log ?? NullLogger.Instance).On("greeting.sent.v1", TestJson.Default.Greeting, handler);

    /// <summary>Waits, for at most 10 seconds, until a line has these words.</summary>
    public async Task UntilAsync(string words)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!_lines.Any(line => line.Contains(words, StringComparison.Ordinal)))
            await Task.Delay(5, deadline.Token);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));
}
