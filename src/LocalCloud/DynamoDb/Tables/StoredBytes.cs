namespace LocalCloud.DynamoDb.Tables;

/// <summary>The bytes that all tables hold together.</summary>
internal sealed class StoredBytes
{
    private long _taken;

    /// <exception cref="Http.ServiceException">There is no room.</exception>
    public void Take(long bytes)
    {
        Ensure(bytes);
        _taken += bytes;
    }

    /// <exception cref="Http.ServiceException">There is no room.</exception>
    public void Ensure(long bytes)
    {
        if (bytes > 0 && _taken + bytes > Limits.TableBytes)
        {
            throw DynamoDbError.LimitExceeded($"LocalCloud keeps at most {Limits.TableBytes} bytes of items. Delete tables or items.");
        }
    }

    public void Give(long bytes) => _taken -= bytes;
}
