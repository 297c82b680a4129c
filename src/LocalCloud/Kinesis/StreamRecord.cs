namespace LocalCloud.Kinesis;

/// <summary>A record that a shard holds.</summary>
/// <param name="SequenceNumber">Its position, as the service writes it.</param>
/// <param name="PartitionKey">What it was put under.</param>
/// <param name="Data">Its content.</param>
/// <param name="At">When it arrived.</param>
internal sealed record StreamRecord(string SequenceNumber, string PartitionKey, byte[] Data, DateTimeOffset At)
{
    private const int OverheadBytes = 256;

    /// <summary>What it costs in memory, about.</summary>
    public static long BytesOf(string partitionKey, byte[] data) => data.Length + (2L * partitionKey.Length) + OverheadBytes;

    public long Bytes => BytesOf(PartitionKey, Data);
}
