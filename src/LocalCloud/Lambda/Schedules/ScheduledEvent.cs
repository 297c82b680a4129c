using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace LocalCloud.Lambda.Schedules;

/// <summary>What EventBridge sends to the target of a rule with a schedule.</summary>
internal static class ScheduledEvent
{
    public static ReadOnlyMemory<byte> Write(string ruleArn, DateTimeOffset time)
    {
        var parts = ruleArn.Split(':', 6);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("version", "0");
        writer.WriteString("id", Guid.NewGuid());
        writer.WriteString("detail-type", "Scheduled Event");
        writer.WriteString("source", "aws.events");
        writer.WriteString("account", parts[4]);
        writer.WriteString("time", time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        writer.WriteString("region", parts[3]);
        writer.WriteStartArray("resources");
        writer.WriteStringValue(ruleArn);
        writer.WriteEndArray();
        writer.WriteStartObject("detail");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
