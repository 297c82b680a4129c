using System.Text.Json;
using Aws.Http;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The JSON in which Lambda expects an exception: <c>errorType</c>, <c>errorMessage</c>, <c>stackTrace</c>, <c>cause</c>. Bounded in every direction.</summary>
internal static class ErrorDocument
{
    private const int MaxMessageLength = 16 * 1024;
    private const int MaxStackLines = 64;
    private const int MaxCauses = 8;

    public static byte[] Write(Exception exception)
    {
        using var buffer = new PooledBuffer(4096);
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, exception, MaxCauses);
        return buffer.Written.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Exception exception, int causesLeft)
    {
        json.WriteStartObject();
        json.WriteString("errorType"u8, exception.GetType().Name);
        json.WriteString("errorMessage"u8, Cut(exception.Message, MaxMessageLength));
        json.WriteStartArray("stackTrace"u8);
        var lines = 0;
        foreach (var line in (exception.StackTrace ?? "").AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            if (text.IsEmpty)
                continue;
            if (++lines > MaxStackLines)
                break;
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        if (exception.InnerException is { } cause && causesLeft > 0)
        {
            json.WritePropertyName("cause"u8);
            Write(json, cause, causesLeft - 1);
        }

        json.WriteEndObject();
    }

    private static ReadOnlySpan<char> Cut(string text, int length) => text.AsSpan(0, Math.Min(text.Length, length));
}
