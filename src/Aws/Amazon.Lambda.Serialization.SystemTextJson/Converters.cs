using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Times in events are ISO 8601 or Unix seconds; what would be after the year 5000 is milliseconds.</summary>
internal sealed class EventTimeConverter : JsonConverter<DateTime>
{
    private const long Year5000 = 157_753_180_800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            return reader.GetDateTime();
        if (reader.TryGetInt64(out var whole))
            return whole > Year5000 ? DateTime.UnixEpoch.AddMilliseconds(whole) : DateTime.UnixEpoch.AddSeconds(whole);
        return DateTime.UnixEpoch.AddSeconds(reader.GetDouble());
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Binary attributes are base64.</summary>
internal sealed class BinaryConverter : JsonConverter<MemoryStream>
{
    public override MemoryStream? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToArray());
}
