using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Messaging.Hosting;

/// <summary>
/// One JSON line a message on standard output, written before the call returns: a Lambda process may be frozen right after its answer, so
/// nothing may wait in a background thread.
/// </summary>
/// <param name="least">Messages below this level are not written.</param>
/// <param name="time">The clock.</param>
public sealed class StdoutLogger(LogLevel least, TimeProvider time) : ILoggerProvider
{
    private readonly LogLevel _least = least;
    private readonly Stream _stdout = Console.OpenStandardOutput();
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    /// <inheritdoc/>
    public void Dispose() => _stdout.Dispose();

    /// <summary>Writes a whole line with its end, never in the middle of another.</summary>
    internal void WriteLine(ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            _stdout.Write(line);
            _stdout.Flush();
        }
    }

    private void Write(string category, LogLevel level, EventId id, string message, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp"u8, time.GetUtcNow());
            json.WriteString("level"u8, level.ToString());
            json.WriteString("category"u8, category);
            json.WriteNumber("event"u8, id.Id);
            json.WriteString("message"u8, message);
            if (exception is not null)
                json.WriteString("exception"u8, exception.ToString());
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        WriteLine(buffer.WrittenSpan);
    }

    private sealed class Category(StdoutLogger output, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= output._least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                output.Write(name, logLevel, eventId, formatter(state, exception), exception);
        }
    }
}
