using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Messaging.Envelope;
using Microsoft.Extensions.Logging;

namespace Messaging.Consuming;

/// <summary>What a function does with the messages of its queue: a route for each type it knows.</summary>
/// <param name="name">The consumer's name: in logs, and in the inbox beside the ids of what it has handled. Never change it while messages are under way.</param>
/// <param name="logger">Gets one line for each message that was not simply done.</param>
public sealed class Consumer(string name, ILogger logger)
{
    private readonly Dictionary<string, Func<CloudEvent, ReadOnlyMemory<byte>, int, CancellationToken, Task<Verdict>>> _routes = new(StringComparer.Ordinal);

    /// <summary>The consumer's name.</summary>
    public string Name { get; } = name;

    internal ILogger Logger { get; } = logger;

    /// <summary>Adds a route.</summary>
    /// <typeparam name="T">The record that carries the data.</typeparam>
    /// <param name="type">The message's type, with its version.</param>
    /// <param name="json">The generated metadata of <typeparamref name="T"/>.</param>
    /// <param name="handler">What handles it.</param>
    /// <returns>This consumer.</returns>
    /// <exception cref="ArgumentException">The type has a route already.</exception>
    public Consumer On<T>(string type, JsonTypeInfo<T> json, MessageHandler<T> handler)
    {
        if (!_routes.TryAdd(type, (attributes, data, receiveCount, ct) => handler(new(attributes, Decode(data, json), receiveCount), ct)))
            throw new ArgumentException($"The consumer {Name} has two routes for '{type}'. Keep one.", nameof(type));
        return this;
    }

    /// <summary>Decodes and handles one message. Never throws: whatever goes wrong is a verdict on this message alone.</summary>
    /// <param name="body">The envelope.</param>
    /// <param name="receiveCount">How often the queue has handed it out.</param>
    /// <param name="cancellationToken">Cancelled when the time is nearly over.</param>
    /// <returns>The verdict.</returns>
    public async Task<Verdict> HandleAsync(string body, int receiveCount, CancellationToken cancellationToken)
    {
        CloudEvent? attributes = null;
        try
        {
            (attributes, var data) = CloudEventReader.Read(Encoding.UTF8.GetBytes(body));
            var verdict = _routes.TryGetValue(attributes.Type, out var route)
                ? await route(attributes, data, receiveCount, cancellationToken).ConfigureAwait(false)
                : Verdict.DeadLetter($"{Name} has no handler for the type '{attributes.Type}'.");
            Report(attributes, verdict, receiveCount);
            return verdict;
        }
        catch (InvalidCloudEventException e)
        {
            Logger.Undecodable(Name, attributes?.Id, e.Message);
            return new Verdict.DeadLettered(e.Message, nameof(InvalidCloudEventException));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Logger.OutOfTime(Name, attributes?.Id);
            return Verdict.Retry("The time for the batch was over.");
        }
#pragma warning disable CA1031 // One message's failure, whatever it is, must not touch its neighbours.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Logger.HandlerFailed(e, Name, attributes?.Type, attributes?.Id, receiveCount);
            return Verdict.Retry(e.GetType().Name);
        }
    }

    private static T Decode<T>(ReadOnlyMemory<byte> data, JsonTypeInfo<T> json)
    {
        try
        {
            return JsonSerializer.Deserialize(data.Span, json) ?? throw new InvalidCloudEventException("The data is null.");
        }
        catch (JsonException e)
        {
            // Its message can quote the content: only the place is told.
            throw new InvalidCloudEventException($"The data is not a {typeof(T).Name}: see {e.Path ?? "$"}.");
        }
    }

    private void Report(CloudEvent attributes, Verdict verdict, int receiveCount)
    {
        switch (verdict)
        {
            case Verdict.Retried retried:
                Logger.Retried(Name, attributes.Type, attributes.Id, receiveCount, retried.Reason);
                break;
            case Verdict.DeadLettered dead:
                Logger.DeadLettered(Name, attributes.Type, attributes.Id, receiveCount, dead.Reason);
                break;
            case Verdict.Discarded discarded:
                Logger.Discarded(Name, attributes.Type, attributes.Id, discarded.Reason);
                break;
            case Verdict.Deferred deferred:
                Logger.Deferred(Name, attributes.Type, attributes.Id, deferred.Until, deferred.Reason);
                break;
        }
    }
}
