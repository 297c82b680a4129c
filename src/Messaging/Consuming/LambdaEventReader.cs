using System.Buffers;
using System.Text.Json;

namespace Messaging.Consuming;

/// <summary>
/// Reads Lambda's event of a queue in one pass. Bodies are unescaped from UTF-8 to UTF-8 into one pooled array, which is large enough for all
/// of them, since no text is longer than its JSON.
/// </summary>
internal ref struct LambdaEventReader
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly string _queueUrl;
    private readonly byte[] _memory;
    private readonly List<Delivery> _deliveries = new(10);
    private Utf8JsonReader _json;
    private int _used;

    private LambdaEventReader(ReadOnlySpan<byte> utf8, string queueUrl)
    {
        _utf8 = utf8;
        _queueUrl = queueUrl;
        _json = new(utf8);
        _memory = ArrayPool<byte>.Shared.Rent(utf8.Length);
    }

    /// <exception cref="InvalidDataException">It is not an event of SQS. The content is not quoted.</exception>
    public static LambdaEvent Read(ReadOnlySpan<byte> utf8, string queueUrl)
    {
        if (utf8.Length > LambdaEvent.LargestEvent)
            throw new InvalidDataException($"The event is larger than {LambdaEvent.LargestEvent} bytes, which is more than Lambda hands over.");
        try
        {
            return new LambdaEventReader(utf8, queueUrl).Read();
        }
        catch (JsonException e)
        {
            // Its message can quote the content: only the place is told.
            throw new InvalidDataException($"The event is not JSON: line {e.LineNumber}, byte {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            // The JSON reader's way to say that a name is no Unicode: half a surrogate pair.
            throw new InvalidDataException("The event is not from SQS: it has a name that is not Unicode text.");
        }
    }

    public static InvalidDataException NotSqs() => new("The event is not from SQS: it has no Records of a queue. Map a queue to this function, or choose another handler.");

    public static InvalidDataException Nameless() => new("The event is not from SQS: a record has no messageId, so it could not be answered.");

    private LambdaEvent Read()
    {
        var found = false;
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
            throw NotSqs();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("Records"u8))
            {
                ReadRecords();
                found = true;
            }
            else
            {
                _json.SkipNext();
            }
        }

        // Reads to the end, so that rubbish behind the object is found out too.
        while (_json.Read())
        {
        }

        return found ? new(_deliveries, _memory) : throw NotSqs();
    }

    private void ReadRecords()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
            throw NotSqs();
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.StartObject)
                throw NotSqs();
            _deliveries.Add(ReadRecord());
        }
    }

    private Delivery ReadRecord()
    {
        string? id = null, handle = null, source = null;
        ReadOnlyMemory<byte> body = default, attributes = default;
        var system = new SystemAttributes();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("messageId"u8))
                id = _json.NextText();
            else if (_json.ValueTextEquals("receiptHandle"u8))
                handle = _json.NextText();
            else if (_json.ValueTextEquals("body"u8))
                body = ReadBody();
            else if (_json.ValueTextEquals("attributes"u8))
                system = SystemAttributes.Read(ref _json);
            else if (_json.ValueTextEquals("messageAttributes"u8))
                attributes = CopyObject();
            else if (_json.ValueTextEquals("eventSourceARN"u8))
                source = ReadSource();
            else if (_json.ValueTextEquals("eventSource"u8))
                MustBeSqs();
            else
                _json.SkipNext();
        }

        return new()
        {
            MessageId = id is { Length: > 0 } ? id : throw Nameless(),
            ReceiptHandle = handle ?? "",
            Body = body,
            Source = source ?? _queueUrl,
            Position = _deliveries.Count,
            SystemAttributes = system,
            RawAttributes = attributes,
        };
    }

    // What is no text, or no Unicode, is an empty body: its consumer cannot decode it, and its neighbours do not notice.
    private ReadOnlyMemory<byte> ReadBody()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
        {
            _json.Skip();
            return default;
        }

        try
        {
            var body = _memory.AsMemory(_used, _json.CopyString(_memory.AsSpan(_used)));
            _used += body.Length;
            return body;
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    private ReadOnlyMemory<byte> CopyObject()
    {
        _json.Read();
        var (start, isObject) = ((int)_json.TokenStartIndex, _json.TokenType == JsonTokenType.StartObject);
        _json.Skip();
        var raw = _utf8[start..(int)_json.BytesConsumed];
        if (!isObject || raw.SequenceEqual("{}"u8))
            return default;
        var copy = _memory.AsMemory(_used, raw.Length);
        raw.CopyTo(copy.Span);
        _used += raw.Length;
        return copy;
    }

    // All records of an event are of one queue: its name is made a string once.
    private string? ReadSource()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
        {
            _json.Skip();
            return null;
        }

        return _deliveries is [var first, ..] && _json.ValueTextEquals(first.Source) ? first.Source : _json.Text();
    }

    private void MustBeSqs()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String || !_json.ValueTextEquals("aws:sqs"u8))
            throw NotSqs();
    }
}
