namespace LocalCloud.Kinesis.Operations;

internal static class CreateStream
{
    private const int OnDemandShards = 4;
    private const int SmallestRecordKiB = 1024;
    private const int LargestRecordKiB = 10240;

    public static void Run(KinesisCall call)
    {
        var name = call.NameIn("StreamName") ?? throw Http.JsonInput.Missing("StreamName");
        call.Demand("CreateStream", name);
        var onDemand = call.Input.Structure("StreamModeDetails")?.OneOf("StreamMode", "PROVISIONED", "ON_DEMAND") == "ON_DEMAND";
        var shards = call.Input.Number("ShardCount", 1, int.MaxValue);
        if (onDemand == shards is not null)
        {
            throw KinesisError.Validation(onDemand ? "ShardCount must not be given with the stream mode ON_DEMAND." : "ShardCount must be given with the stream mode PROVISIONED.");
        }

        var recordBytes = 1024 * (call.Input.Number("MaxRecordSizeInKiB", SmallestRecordKiB, LargestRecordKiB) ?? SmallestRecordKiB);
        call.Streams.Create(name, shards ?? OnDemandShards, onDemand, recordBytes, StreamTags.Read(call));
    }
}
