using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LocalCloud.Sqs;

/// <summary>Where an answer is written before its length is known. Each thread keeps one for its next request, unless it has grown large.</summary>
internal sealed class SqsAnswer : IDisposable
{
    private const int LargestKept = 64 * 1024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static SqsAnswer? _kept;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    private SqsAnswer() => Json = new Utf8JsonWriter(_buffer, Relaxed);

    public Utf8JsonWriter Json { get; }

    /// <summary>What was written; not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public static SqsAnswer Take()
    {
        var answer = _kept ?? new SqsAnswer();
        _kept = null;
        return answer;
    }

    public void Dispose()
    {
        if (_buffer.Capacity > LargestKept)
        {
            Json.Dispose();
            return;
        }

        _buffer.ResetWrittenCount();
        Json.Reset();
        _kept = this;
    }
}
