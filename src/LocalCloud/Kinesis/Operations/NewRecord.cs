using LocalCloud.Http;

namespace LocalCloud.Kinesis.Operations;

/// <summary>A record of a request, checked and with the key that says where it goes.</summary>
internal sealed record NewRecord(UInt128 HashKey, string PartitionKey, byte[] Data)
{
    private const int LongestPartitionKey = 256;

    /// <exception cref="ServiceException">It is too large, or has no proper key.</exception>
    public static NewRecord Read(JsonInput input, KinesisStream stream)
    {
        var data = input.RequiredBlob("Data", 0, stream.RecordBytes);
        var partitionKey = input.Required("PartitionKey", 1, LongestPartitionKey);
        return new NewRecord(HashKeyRange.KeyOf(partitionKey, input.Text("ExplicitHashKey")), partitionKey, data);
    }

    /// <exception cref="ServiceException">The memory for records is full.</exception>
    public (Shard Shard, string SequenceNumber) Put(KinesisCall call, KinesisStream stream)
    {
        try
        {
            return stream.Put(HashKey, PartitionKey, Data, call.Streams.Now);
        }
        catch (ServiceException)
        {
            call.Streams.Trim();
            return stream.Put(HashKey, PartitionKey, Data, call.Streams.Now);
        }
    }
}
