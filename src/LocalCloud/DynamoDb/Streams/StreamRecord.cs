using System.Text.Json;
using LocalCloud.DynamoDb.Values;

namespace LocalCloud.DynamoDb.Streams;

/// <summary>A change of an item.</summary>
/// <param name="Sequence">Its place in the stream, from 1 without gaps.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Keys">The item's key.</param>
/// <param name="Before">The item before, null if there was none.</param>
/// <param name="After">The item after, null if there is none.</param>
/// <param name="ByService">Whether it expired.</param>
internal sealed record StreamRecord(long Sequence, DateTimeOffset Time, MapValue Keys, MapValue? Before, MapValue? After, bool ByService)
{
    public string EventId { get; } = Guid.NewGuid().ToString("N");

    private string EventName => Before is null ? "INSERT" : After is null ? "REMOVE" : "MODIFY";

    public int Cost => Keys.ContentSize + (Before?.ContentSize ?? 0) + (After?.ContentSize ?? 0) + Limits.ItemOverheadBytes;

    public void Write(Utf8JsonWriter output, string region, string view)
    {
        var older = view is "OLD_IMAGE" or "NEW_AND_OLD_IMAGES" ? Before : null;
        var newer = view is "NEW_IMAGE" or "NEW_AND_OLD_IMAGES" ? After : null;
        output.WriteStartObject();
        output.WriteString("eventID"u8, EventId);
        output.WriteString("eventName"u8, EventName);
        output.WriteString("eventVersion"u8, "1.1");
        output.WriteString("eventSource"u8, "aws:dynamodb");
        output.WriteString("awsRegion"u8, region);
        output.WriteStartObject("dynamodb"u8);
        output.WriteNumber("ApproximateCreationDateTime"u8, Time.ToUnixTimeSeconds());
        Image(output, "Keys", Keys);
        Image(output, "NewImage", newer);
        Image(output, "OldImage", older);
        output.WriteString("SequenceNumber"u8, SequenceNumber.Of(Sequence));
        output.WriteNumber("SizeBytes"u8, Keys.ContentSize + (older?.ContentSize ?? 0) + (newer?.ContentSize ?? 0));
        output.WriteString("StreamViewType"u8, view);
        output.WriteEndObject();
        if (ByService)
        {
            output.WriteStartObject("userIdentity"u8);
            output.WriteString("PrincipalId"u8, "dynamodb.amazonaws.com");
            output.WriteString("Type"u8, "Service");
            output.WriteEndObject();
        }

        output.WriteEndObject();
    }

    private static void Image(Utf8JsonWriter output, string name, MapValue? item)
    {
        if (item is not null)
        {
            output.WritePropertyName(name);
            item.WriteContent(output);
        }
    }
}
