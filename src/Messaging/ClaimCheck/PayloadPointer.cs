using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Messaging.ClaimCheck;

/// <summary>What the body is in place of a payload: <c>["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"…","s3Key":"…"}]</c>.</summary>
/// <seealso href="https://github.com/awslabs/payload-offloading-java-common-lib-for-aws"/>
internal sealed record PayloadPointer(string Bucket, string Key)
{
    private const int LongestBucket = 63;
    private const int LongestKey = 1_024;

    /// <summary>How it reads in a sentence.</summary>
    public override string ToString() => $"s3://{Bucket}/{Key}";

    /// <summary>The body.</summary>
    public string ToBody()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue("software.amazon.payloadoffloading.PayloadS3Pointer"u8);
            json.WriteStartObject();
            json.WriteString("s3BucketName"u8, Bucket);
            json.WriteString("s3Key"u8, Key);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Null where the JSON is something else. Whatever else stands in it is read over.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static PayloadPointer? Read(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray || !json.Read() || !IsName(ref json) || !json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;

        string? bucket = null, key = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("s3BucketName"u8))
                bucket = Text(ref json, LongestBucket);
            else if (json.ValueTextEquals("s3Key"u8))
                key = Text(ref json, LongestKey);
            else
                json.Skip();
        }

        while (json.Read())
        {
        }

        return bucket is not null && key is not null ? new(bucket, key) : null;
    }

    // The second is the name of the clients before 2020, which some still write.
    private static bool IsName(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.String
        && (json.ValueTextEquals("software.amazon.payloadoffloading.PayloadS3Pointer"u8) || json.ValueTextEquals("com.amazon.sqs.javamessaging.MessageS3Pointer"u8));

    // Visible ASCII, as all clients write it: it stands in logs and reasons.
    private static string? Text(ref Utf8JsonReader json, int longest)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return null;
        }

        return json.ValueSpan.Length > 0 && json.ValueSpan.Length <= longest && !json.ValueIsEscaped && !json.ValueSpan.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            ? json.GetString()
            : null;
    }
}
