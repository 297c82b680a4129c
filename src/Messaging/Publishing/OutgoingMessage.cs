using System.Diagnostics;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Messaging.Encryption;
using Messaging.Envelope;

namespace Messaging.Publishing;

/// <summary>A message on its way out, serialized already: what cannot be written fails here and not in the relay.</summary>
/// <param name="Id">The envelope's id.</param>
/// <param name="Type">The envelope's type; repeated as the message attribute <c>type</c>, which subscriptions filter on.</param>
/// <param name="Key">Messages with one key stay in order.</param>
/// <param name="Destinations">Logical names of topics and queues.</param>
/// <param name="Body">The whole envelope.</param>
public sealed record OutgoingMessage(string Id, string Type, string Key, IReadOnlyList<string> Destinations, string Body)
{
    /// <summary>Bytes of the largest message that can be made, 16 MiB: what is above the limit of topics and queues needs a claim check on its way out.</summary>
    public const int LargestBody = 16 * 1_024 * 1_024;

    /// <summary>
    /// When it may leave at the earliest; null is at once. A relay publishes it then, in its key's order as if it had been written at that time: what
    /// is written later and not scheduled does not wait for it.
    /// </summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What subscriptions filter on besides the type.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="AttributeValue.Most"/> with the type, two of one name, or one that SQS or SNS would refuse.</exception>
    public IReadOnlyList<AttributeValue> Attributes
    {
        get;
        init
        {
            if (value.Count >= AttributeValue.Most)
                throw new ArgumentException($"The message {Type} {Id} has {value.Count} attributes and its type; {AttributeValue.Most} are the most that every subscription takes.", nameof(value));
            if (value.Append(new(AttributeValue.Type, Type)).CountBy(a => a.Name, StringComparer.Ordinal).FirstOrDefault(a => a.Value > 1) is { Key: { } twice })
                throw new ArgumentException($"The message {Type} {Id} has the attribute '{twice}' twice. '{AttributeValue.Type}' is taken.", nameof(value));
            if (value.FirstOrDefault(a => a.Fault is not null) is { } faulty)
                throw new ArgumentException($"The message {Type} {Id} has an attribute with {faulty.Fault}.", nameof(value));
            field = value;
        }
    } = [];

    /// <summary>What of the data must be encrypted on its way out; null once it is, or where nothing must. Such a message is never sent as it is.</summary>
    public EncryptedData? Encryption { get; init; }

    /// <summary>What SQS and SNS count: the body and the attributes, <c>type</c> included.</summary>
    internal int Bytes => OutboundRules.Bytes(Type, Body, Attributes);

    /// <summary>Serializes a message.</summary>
    /// <typeparam name="T">The record that carries the data.</typeparam>
    /// <param name="attributes">The envelope's attributes. Without a trace context it gets the current one.</param>
    /// <param name="data">The data.</param>
    /// <param name="json">The generated metadata of <typeparamref name="T"/>.</param>
    /// <param name="key">Messages with one key stay in order; 1 to 128 visible ASCII characters.</param>
    /// <param name="destinations">Logical names of topics and queues.</param>
    /// <returns>The message.</returns>
    /// <exception cref="ArgumentException">The message is too large, has no destination or one twice, or its key or id is not 1 to 128 visible ASCII characters.</exception>
    public static OutgoingMessage Create<T>(CloudEvent attributes, T data, JsonTypeInfo<T> json, string key, IReadOnlyList<string> destinations)
    {
        if (destinations.Count == 0)
            throw new ArgumentException($"The message {attributes.Type} {attributes.Id} has no destination. Name a topic or a queue in its contract.", nameof(destinations));
        if (NamesOneTwice(destinations))
            throw new ArgumentException($"The message {attributes.Type} {attributes.Id} names a destination twice: {string.Join(", ", destinations)}.", nameof(destinations));
        if (!IsIdentifier(key))
            throw new ArgumentException($"The key of message {attributes.Type} {attributes.Id} is no message group id: those have 1 to 128 visible ASCII characters.", nameof(key));
        if (!IsIdentifier(attributes.Id))
            throw new ArgumentException($"The id of a message {attributes.Type} is no deduplication id: those have 1 to 128 visible ASCII characters.", nameof(attributes));

        using var body = CloudEventWriter.WriteScratch(attributes with { PartitionKey = key, TraceParent = attributes.TraceParent ?? Activity.Current?.Id }, data, json);
        if (body.Length > LargestBody)
            throw new ArgumentException($"The message {attributes.Type} {attributes.Id} has {body.Length} bytes; {LargestBody} are the most, in S3 too. Send a reference instead of the data.", nameof(data));

        return new(attributes.Id, attributes.Type, key, destinations, Encoding.UTF8.GetString(body.Span));
    }

    /// <summary>Type and id. A message that is formatted by accident keeps its data to itself.</summary>
    public override string ToString() => $"{Type} {Id}";

    /// <summary>What one of its destinations gets.</summary>
    /// <returns>The message without its destinations.</returns>
    /// <exception cref="ArgumentException">It must be encrypted and is not.</exception>
    public Outbound ToOutbound()
    {
        RefuseUnlessEncrypted();
        return new(Id, Type, Key, Body) { Attributes = Attributes };
    }

    /// <summary>Refuses what must not be written to the outbox, or would never get out of it.</summary>
    /// <exception cref="ArgumentException">The sentence names the message and what to do.</exception>
    internal void RefuseUnlessPrepared(int largest)
    {
        RefuseUnlessEncrypted();
        if (Bytes is var bytes && bytes > largest)
            throw new ArgumentException($"The message {Type} {Id} has {bytes} bytes with its attributes; {largest} are the most that its destinations take. Prepare it with a claim check (PayloadBucket), or send a reference instead of the data.");
    }

    /// <summary>Refuses what must be encrypted and is not.</summary>
    /// <exception cref="ArgumentException">The sentence names the message and what to do.</exception>
    internal void RefuseUnlessEncrypted()
    {
        if (Encryption is not null)
            throw new ArgumentException($"The message {Type} {Id} must be encrypted, and nobody did. Prepare it with PayloadEncryption: under Lambda, PAYLOAD_KEY names its key.");
    }

    // They are few.
    private static bool NamesOneTwice(IReadOnlyList<string> destinations)
    {
        for (var i = 1; i < destinations.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (destinations[j] == destinations[i])
                    return true;
            }
        }

        return false;
    }

    // One message with an id that SQS refuses would fail the nine beside it in the call.
    internal static bool IsIdentifier(string text) => text.Length is > 0 and <= 128 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
