using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Messaging.Tests.Model;

/// <summary>Hears what the library could not do, for that is why a message comes back or comes early.</summary>
internal sealed class InvocationLog : ILogger
{
    private readonly ConcurrentDictionary<string, bool> _notTaken = new();

    /// <summary>True where a delay could not be set.</summary>
    public bool DelaysFailed { get; private set; }

    /// <summary>Whether the dead-letter queue did not take a message, by the id that SQS gave it.</summary>
    public bool StaysForNow(string messageId) => _notTaken.ContainsKey(messageId);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == nameof(Messaging.Log.DeadLetterFailed) && state is IReadOnlyList<KeyValuePair<string, object?>> values)
            _notTaken[(string)values.Single(v => v.Key == "MessageId").Value!] = true;
        if (eventId.Name == nameof(Messaging.Log.VisibilityFailed))
            DelaysFailed = true;
    }
}
