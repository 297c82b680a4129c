using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Messaging.ClaimCheck;
using Messaging.Encryption;
using Messaging.Envelope;
using Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace Messaging.Consuming;

/// <summary>What a function does with the messages of its queue: a route for each type it knows.</summary>
/// <param name="name">The consumer's name: in logs, and in the inbox beside the ids of what it has handled. Never change it while messages are under way.</param>
/// <param name="logger">Gets one line for each message that was not simply done.</param>
/// <example>
/// A consumer under Lambda; <c>services.AddSqsWorker(options, _ => consumer)</c> runs the same one in any host.
/// <code>
/// await using var host = new FunctionHost();
/// await host.RunAsync(host.Consumer("invoices")
///     .On("booking.confirmed.v1", InvoiceJson.Default.BookingConfirmed, async (message, cancellationToken) =>
///     {
///         await invoices.CreateAsync(message.Event.Id, message.Data, cancellationToken);
///         return Verdict.Done;
///     }));
/// </code>
/// </example>
public sealed class Consumer(string name, ILogger logger)
{
    private static readonly Task<Verdict> NotBegun = Task.FromResult<Verdict>(new Verdict.Retried("Its time was over before it began.", null, Counts: false));
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);

    // By type what takes its data once it is decoded: an Accept of its record.
    private readonly Dictionary<string, Delegate> _accepts = new(StringComparer.Ordinal);
    private readonly RecurringNames _names = new();
    private readonly PayloadOpening _opening = new(name);
    private readonly ConsumerTelemetry _telemetry = new(name);
    private Func<CloudEvent, Verdict> _unknownType = attributes => Verdict.DeadLetter($"{name} has no handler for the type '{attributes.Type}'.");

    private delegate Task<Verdict> Accept<in T>(CloudEvent attributes, T data, Delivery delivery, LaneRun run, Processing? processing);

    private delegate Task<Verdict> Route(CloudEvent attributes, ReadOnlyMemory<byte> data, Delivery delivery, LaneRun run, Processing? processing);

    /// <summary>The consumer's name.</summary>
    public string Name { get; } = name;

    /// <summary>Where the bodies are that are not in the queue. Null: a pointer to one is a dead letter.</summary>
    public PayloadBucket? Payloads { get => _opening.Bucket; init => _opening.Bucket = value; }

    /// <summary>Opens what is encrypted. Null: an encrypted message is a dead letter.</summary>
    public PayloadEncryption? Encryption { get => _opening.Encryption; init => _opening.Encryption = value; }

    internal ILogger Logger { get; } = logger;

    /// <summary>For the ages and durations that are measured.</summary>
    internal TimeProvider Clock
    {
        init => _telemetry.Time = value;
    }

    /// <summary>Adds a route.</summary>
    /// <typeparam name="T">The record that carries the data.</typeparam>
    /// <param name="type">The message's type, with its version.</param>
    /// <param name="json">The generated metadata of <typeparamref name="T"/>.</param>
    /// <param name="handler">What handles it.</param>
    /// <returns>This consumer.</returns>
    /// <exception cref="ArgumentException">The type has a route already.</exception>
    public Consumer On<T>(string type, JsonTypeInfo<T> json, MessageHandler<T> handler) => Add<T>(type, json, (attributes, data, delivery, run, processing) =>
        run.TryBegin(delivery, attributes.Id, processing) ? handler(new Received<T>(attributes, data, delivery.ReceiveCount), run.Stop) : NotBegun);

    /// <summary>
    /// Takes messages of an older version as if they were of a newer one. The newer one is added before: with a handler, or as the older side of another
    /// upcaster, so that versions chain. The handler sees the data of its own version in the envelope that was sent: the type in it is the older one, and the
    /// id, which the inbox goes by, the message's.
    /// </summary>
    /// <typeparam name="TOld">The record of the older version.</typeparam>
    /// <typeparam name="TNew">The record of the newer version.</typeparam>
    /// <param name="oldType">The older type.</param>
    /// <param name="oldJson">The generated metadata of <typeparamref name="TOld"/>.</param>
    /// <param name="newType">The newer type.</param>
    /// <param name="upcast">Makes one of the other. What it throws counts as the handler's: the message is tried again.</param>
    /// <returns>This consumer.</returns>
    /// <exception cref="ArgumentException">The older type has a route already; the newer one has none, or takes another record.</exception>
    public Consumer Upcast<TOld, TNew>(string oldType, JsonTypeInfo<TOld> oldJson, string newType, Func<TOld, TNew> upcast)
    {
        if (!_accepts.TryGetValue(newType, out var newer))
            throw new ArgumentException($"The consumer {Name} has no route for '{newType}', which '{oldType}' is to become. Add that one first.", nameof(newType));
        if (newer is not Accept<TNew> accept)
            throw new ArgumentException($"'{newType}' of the consumer {Name} does not carry a {typeof(TNew).Name}, which '{oldType}' is to become.", nameof(newType));
        return Add<TOld>(oldType, oldJson, (attributes, data, delivery, run, processing) => accept(attributes, upcast(data), delivery, run, processing));
    }

    /// <summary>Takes a type only encrypted: a message in which any of this is in the clear becomes a dead letter.</summary>
    /// <param name="type">The message's type, with its version.</param>
    /// <param name="what">What must be encrypted; more may be.</param>
    /// <returns>This consumer.</returns>
    public Consumer OnlyEncrypted(string type, EncryptedData what)
    {
        _opening.Demand(type, what);
        return this;
    }

    /// <summary>What becomes of a message whose type has no route. By default it is a dead letter.</summary>
    /// <param name="verdict">The verdict, from the message's attributes.</param>
    /// <returns>This consumer.</returns>
    public Consumer OnUnknownType(Func<CloudEvent, Verdict> verdict)
    {
        _unknownType = verdict;
        return this;
    }

    /// <summary>Decodes and handles one message, as a batch does: for tests of a consumer. Never throws: whatever goes wrong is a verdict.</summary>
    /// <param name="body">The envelope, as UTF-8.</param>
    /// <param name="receiveCount">How often the queue has handed it out.</param>
    /// <param name="cancellationToken">Cancelled when the time is nearly over.</param>
    /// <returns>The verdict.</returns>
    public async ValueTask<Verdict> HandleAsync(ReadOnlyMemory<byte> body, int receiveCount, CancellationToken cancellationToken)
    {
        var delivery = new Delivery { MessageId = "-", ReceiptHandle = "-", Source = "-", Body = body, ReceiveCount = receiveCount };
        return await HandleAsync(delivery, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same for a delivery whose verdict nobody carries out.</summary>
    internal async ValueTask<Verdict> HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var handled = await HandleAsync(delivery, new LaneRun([delivery], cancellationToken, cancellationToken)).ConfigureAwait(false);
        handled.Processing?.End(handled.Verdict, handled.ErrorType);
        return handled.Verdict;
    }

    /// <summary>Decodes and handles one delivery. Never throws: whatever goes wrong is a verdict on this message alone.</summary>
    internal async ValueTask<Handled> HandleAsync(Delivery delivery, LaneRun run)
    {
        CloudEvent? attributes = null;
        Verdict verdict;
        string? errorType = null;
        var processing = _telemetry.Start(delivery);
        try
        {
            var envelope = CloudEventReader.Read(delivery.Body, _names);
            if (envelope.Pointer is not null)
                envelope = await _opening.FetchAsync(envelope.Pointer, delivery, _names, run.Stop).ConfigureAwait(false);
            attributes = envelope.Event!;
            var isRouted = _routes.TryGetValue(attributes.Type, out var route);
            processing?.Decoded(attributes, isRouted);
            var data = envelope.Data;
            if (isRouted && (envelope.Encryption is not null || _opening.DemandsEncryption))
                data = await _opening.DecryptAsync(attributes, envelope, run.Stop).ConfigureAwait(false);
            verdict = isRouted
                ? await route!(attributes, data, delivery, run, processing).ConfigureAwait(false)
                : _unknownType(attributes);
            if (verdict is null)
                throw new InvalidOperationException($"The handler of '{attributes.Type}' answered without a verdict. Answer {nameof(Verdict)}.{nameof(Verdict.Done)} where the message is done.");
            Report(attributes, verdict, delivery.ReceiveCount);
        }
        catch (InvalidCloudEventException e) when (!run.HasBegun(delivery))
        {
            Logger.Undecodable(Name, attributes?.Id ?? delivery.MessageId, e.Message);
            verdict = new Verdict.DeadLettered(e.Message, nameof(InvalidCloudEventException));
            errorType = e.GetType().FullName;
        }
        catch (PayloadException e) when (!run.HasBegun(delivery))
        {
            // The handler did not run, and whoever keeps the payload is no message's fault: no attempt is counted.
            Logger.PayloadNotOpened(e.InnerException, Name, attributes?.Id ?? delivery.MessageId, e.Message);
            verdict = e.IsFinal ? new Verdict.DeadLettered(e.Message, nameof(PayloadException)) : new Verdict.Retried(e.Message, null, nameof(PayloadException), Counts: false);
            errorType = e.GetType().FullName;
        }
        catch (OperationCanceledException e) when (run.Stop.IsCancellationRequested)
        {
            // It counts as an attempt, unless the process ends: a message that never ends in time must not come back for ever.
            Logger.OutOfTime(Name, attributes?.Id);
            verdict = new Verdict.Retried("Its handler was cancelled.", null, e.GetType().Name, Counts: !run.IsCutShort);
            errorType = "timeout";
        }
#pragma warning disable CA1031 // One message's failure, whatever it is, must not touch its neighbours.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Logger.HandlerFailed(e, Name, attributes?.Type, attributes?.Id, delivery.ReceiveCount);
            verdict = new Verdict.Retried(e.GetType().Name, null, e.GetType().Name);
            errorType = e.GetType().FullName;
        }

        processing?.Answered();
        return new(attributes?.Id, verdict, errorType, processing);
    }

    private Consumer Add<T>(string type, JsonTypeInfo<T> json, Accept<T> accept)
    {
        if (!_routes.TryAdd(type, (attributes, data, delivery, run, processing) => accept(attributes, Decode(data, json), delivery, run, processing)))
            throw new ArgumentException($"The consumer {Name} has two routes for '{type}'. Keep one.", nameof(type));
        _accepts.Add(type, accept);
        _names.Add(type);
        return this;
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
            throw new InvalidCloudEventException($"The data is not a {typeof(T).Name}: see {DataPlace.Of(e.Path, json)}.");
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
