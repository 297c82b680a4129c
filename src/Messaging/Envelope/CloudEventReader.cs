using System.Text.Json;
using Messaging.ClaimCheck;
using Messaging.Encryption;

namespace Messaging.Envelope;

/// <summary>Reads CloudEvents 1.0 in structured mode, in one pass and without copying the data.</summary>
public static class CloudEventReader
{
    private const int LongestAttribute = 1_024;

    /// <summary>Splits a message into its attributes and its data.</summary>
    /// <param name="body">The message as UTF-8 JSON.</param>
    /// <returns>The attributes, and the bytes of <c>data</c> inside <paramref name="body"/>.</returns>
    /// <exception cref="InvalidCloudEventException">It is not JSON, an attribute is missing, wrong or too long, or it is the pointer to a message in S3.</exception>
    public static (CloudEvent Event, ReadOnlyMemory<byte> Data) Read(ReadOnlyMemory<byte> body) => Read(body, null) is { Event: { } attributes } envelope
        ? (attributes, envelope.Data)
        : throw new InvalidCloudEventException("The body is the pointer to a payload in S3. Fetch that first.");

    /// <summary>The same, with types and sources that are known already: one string each for all messages. A pointer in place of the message is told.</summary>
    internal static EventEnvelope Read(ReadOnlyMemory<byte> body, RecurringNames? names)
    {
        try
        {
            return ReadObject(body, names) ?? ReadWrapped(body, names);
        }
        catch (JsonException e)
        {
            // Its message can quote the content: only the place is told.
            throw new InvalidCloudEventException($"The body is not JSON: line {e.LineNumber}, byte {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            // The JSON reader's way to say that a text is not Unicode: bytes that are not UTF-8, or half a surrogate pair.
            throw new InvalidCloudEventException("An attribute is not Unicode text.");
        }
    }

    /// <summary>Looks for an event in an SNS notification, once: one that is wrapped twice was not meant for us.</summary>
    private static EventEnvelope ReadWrapped(ReadOnlyMemory<byte> body, RecurringNames? names)
    {
        const string Missing = "The attribute specversion is missing. It must be '1.0'.";
        if (SnsNotification.Unwrap(body.Span) is not { } message)
            throw new InvalidCloudEventException(Missing);
        try
        {
            return ReadObject(message, names) ?? throw new InvalidCloudEventException(Missing);
        }
        catch (InvalidCloudEventException e)
        {
            throw new InvalidCloudEventException($"In the Message of the SNS notification: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new InvalidCloudEventException($"In the Message of the SNS notification: The body is not JSON: line {e.LineNumber}, byte {e.BytePositionInLine}.");
        }
    }

    /// <summary>Null where it has no specversion.</summary>
    private static EventEnvelope? ReadObject(ReadOnlyMemory<byte> body, RecurringNames? names)
    {
        var json = new Utf8JsonReader(body.Span);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return json.TokenType == JsonTokenType.StartArray && PayloadPointer.Read(body.Span) is { } pointer
                ? new EventEnvelope(null, default) { Pointer = pointer }
                : throw new InvalidCloudEventException("The body is not a JSON object. Send a CloudEvents 1.0 message in structured mode.");
        }

        bool? isVersion1 = null;
        string? id = null, source = null, type = null, key = null, correlation = null, causation = null, trace = null, replyTo = null;
        DateTimeOffset? time = null, deadline = null;
        ReadOnlyMemory<byte>? data = null;
        EncryptionAttributes? encryption = null;

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("data"u8))
                data = ReadRaw(ref json, body);
            else if (json.ValueTextEquals("specversion"u8))
                isVersion1 = ReadIsVersion1(ref json);
            else if (json.ValueTextEquals("id"u8))
                id = ReadText(ref json, "id");
            else if (json.ValueTextEquals("source"u8))
                source = ReadText(ref json, "source", names);
            else if (json.ValueTextEquals("type"u8))
                type = ReadText(ref json, "type", names);
            else if (json.ValueTextEquals("time"u8))
                time = ReadTime(ref json, "time");
            else if (json.ValueTextEquals("partitionkey"u8))
                key = ReadText(ref json, "partitionkey");
            else if (json.ValueTextEquals("correlationid"u8))
                correlation = ReadText(ref json, "correlationid");
            else if (json.ValueTextEquals("causationid"u8))
                causation = ReadText(ref json, "causationid");
            else if (json.ValueTextEquals("traceparent"u8))
                trace = ReadText(ref json, "traceparent");
            else if (json.ValueTextEquals("replyto"u8))
                replyTo = ReadText(ref json, "replyto");
            else if (json.ValueTextEquals("deadline"u8))
                deadline = ReadTime(ref json, "deadline");
            else if (json.ValueSpan.StartsWith("dataencrypt"u8))
                ReadEncryption(ref json, encryption ??= new());
            else
                ReadRaw(ref json, body);
        }

        // Reads to the end, so that rubbish behind the object is found out too.
        while (json.Read())
        {
        }

        if (isVersion1 is null)
            return null;
        if (isVersion1 is false)
            throw new InvalidCloudEventException("The attribute specversion is another. It must be '1.0'.");

        var attributes = new CloudEvent(Required(id, "id"), Required(source, "source"), Required(type, "type"), time ?? throw Missing("time"))
        {
            PartitionKey = key,
            CorrelationId = correlation,
            CausationId = causation,
            TraceParent = trace,
            ReplyTo = replyTo,
            Deadline = deadline,
        };
        return new EventEnvelope(attributes, data ?? throw Missing("data")) { Encryption = encryption?.ToEncryption() };
    }

    private static void ReadEncryption(ref Utf8JsonReader json, EncryptionAttributes encryption)
    {
        if (json.ValueTextEquals("dataencryption"u8))
            encryption.Algorithm = ReadText(ref json, "dataencryption");
        else if (json.ValueTextEquals("dataencryptionkeyid"u8))
            encryption.KeyId = ReadText(ref json, "dataencryptionkeyid");
        else if (json.ValueTextEquals("dataencryptionkey"u8))
            encryption.WrappedKey = ReadText(ref json, "dataencryptionkey");
        else if (json.ValueTextEquals("dataencryptedmembers"u8))
            encryption.Members = ReadText(ref json, "dataencryptedmembers");
        else
            json.Skip();
    }

    private static ReadOnlyMemory<byte> ReadRaw(ref Utf8JsonReader json, ReadOnlyMemory<byte> body)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return body[start..(int)json.BytesConsumed];
    }

    private static string ReadText(ref Utf8JsonReader json, string name, RecurringNames? names = null)
    {
        ReadBounded(ref json, name);
        return names?.Read(ref json) ?? json.GetString()!;
    }

    private static bool ReadIsVersion1(ref Utf8JsonReader json)
    {
        ReadBounded(ref json, "specversion");
        return json.ValueTextEquals("1.0"u8);
    }

    private static void ReadBounded(ref Utf8JsonReader json, string name)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String)
            throw new InvalidCloudEventException($"The attribute {name} is not a string.");
        if (json.ValueSpan.Length > LongestAttribute)
            throw new InvalidCloudEventException($"The attribute {name} is longer than {LongestAttribute} bytes.");
    }

    private static DateTimeOffset ReadTime(ref Utf8JsonReader json, string name)
    {
        json.Read();
        return json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var time)
            ? time
            : throw new InvalidCloudEventException($"The attribute {name} is not an RFC 3339 timestamp.");
    }

    private static string Required(string? value, string name) => string.IsNullOrEmpty(value) ? throw Missing(name) : value;

    private static InvalidCloudEventException Missing(string name) => new($"The attribute {name} is missing.");

    // One of them is enough to call the data encrypted: it must not be taken for what it is in the clear.
    private sealed class EncryptionAttributes
    {
        public string? Algorithm { get; set; }

        public string? KeyId { get; set; }

        public string? WrappedKey { get; set; }

        public string? Members { get; set; }

        public DataEncryption ToEncryption() =>
            new(Required(Algorithm, "dataencryption"), Required(KeyId, "dataencryptionkeyid"), Required(WrappedKey, "dataencryptionkey"), Members);
    }
}
