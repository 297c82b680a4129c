namespace LocalCloud.Kinesis.Operations;

/// <summary>Writes what names a stream and says how it is.</summary>
internal static class StreamNames
{
    public static void WriteOne(KinesisCall call, KinesisStream stream)
    {
        call.Output.WriteString("StreamName"u8, stream.Name);
        call.Output.WriteString("StreamARN"u8, stream.Arn);
        call.Output.WriteString("StreamStatus"u8, "ACTIVE"u8);
        call.Output.WriteStartObject("StreamModeDetails"u8);
        call.Output.WriteString("StreamMode"u8, stream.OnDemand ? "ON_DEMAND"u8 : "PROVISIONED"u8);
        call.Output.WriteEndObject();
        call.Json.WriteTime("StreamCreationTimestamp", stream.Created);
    }
}
