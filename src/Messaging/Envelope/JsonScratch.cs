using System.Buffers;
using System.Text.Json;

namespace Messaging.Envelope;

/// <summary>A JSON writer with its memory, used again by the thread: a message costs neither.</summary>
internal sealed class JsonScratch : IDisposable
{
    // What is larger is left to the collector.
    private const int LargestKept = 64 * 1_024;

    [ThreadStatic]
    private static JsonScratch? s_spare;

    private readonly ArrayBufferWriter<byte> _buffer = new(1_024);

    private JsonScratch() => Writer = new(_buffer);

    public Utf8JsonWriter Writer { get; }

    /// <summary>What was written and flushed.</summary>
    public ReadOnlySpan<byte> Span => _buffer.WrittenSpan;

    public int Length => _buffer.WrittenCount;

    public static JsonScratch Take()
    {
        // Taken away for so long: a converter may write a message while one is written.
        var scratch = s_spare ?? new();
        s_spare = null;
        return scratch;
    }

    public void Dispose()
    {
        if (_buffer.Capacity > LargestKept)
            return;
        _buffer.ResetWrittenCount();
        Writer.Reset();
        s_spare = this;
    }
}
