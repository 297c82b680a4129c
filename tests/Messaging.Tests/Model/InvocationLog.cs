using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Messaging.Tests.Model;

/// <summary>Hears what the library could not do, for that is why a message comes back or comes early.</summary>
internal sealed class InvocationLog : ILogger
{
    private readonly ConcurrentDictionary<string, bool> _notSent = new();
    private readonly ConcurrentDictionary<string, int> _givenUp = new();

    /// <summary>True where a delay could not be set.</summary>
    public bool DelaysFailed { get; private set; }

    /// <summary>Whether a message stays because it could not be sent to another queue or for later, by the id that SQS gave it.</summary>
    public bool StaysForNow(string messageId) => _notSent.ContainsKey(messageId);

    /// <summary>Whether the library gave up on a message; told as often as it did.</summary>
    public bool GaveUp(string id) => _givenUp.TryGetValue(id, out var times) && times > 0 && _givenUp.TryUpdate(id, times - 1, times);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        switch (eventId.Name)
        {
            case nameof(Messaging.Log.DeadLetterFailed) or nameof(Messaging.Log.DeferFailed):
                _notSent[MessageId(state)] = true;
                break;
            case nameof(Messaging.Log.GaveUp):
                _givenUp.AddOrUpdate(MessageId(state), 1, (_, times) => times + 1);
                break;
            case nameof(Messaging.Log.VisibilityFailed) or nameof(Messaging.Log.VisibilityRefused):
                DelaysFailed = true;
                break;
        }
    }

    private static string MessageId<TState>(TState state) =>
        (string)((IReadOnlyList<KeyValuePair<string, object?>>)state!).Single(v => v.Key == "MessageId").Value!;
}
