namespace LocalCloud.Kinesis;

/// <summary>How much all records of all streams hold.</summary>
internal sealed class StreamMemory
{
    private long _bytes;

    /// <exception cref="Http.ServiceException">There is no room left.</exception>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) > Limits.StreamBytes)
        {
            Interlocked.Add(ref _bytes, -bytes);
            throw KinesisError.Full();
        }
    }

    public void Give(long bytes) => Interlocked.Add(ref _bytes, -bytes);
}
