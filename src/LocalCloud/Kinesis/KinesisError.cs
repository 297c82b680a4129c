using LocalCloud.Http;

namespace LocalCloud.Kinesis;

/// <summary>The errors of Kinesis; all have the status 400.</summary>
internal static class KinesisError
{
    public static ServiceException StreamNotFound(string name, string account) => new("ResourceNotFoundException", $"Stream {Excerpt.Of(name)} under account {account} not found.");

    public static ServiceException ShardNotFound(string shard, string stream, string account) =>
        new("ResourceNotFoundException", $"Shard {Excerpt.Of(shard)} in stream {stream} under account {account} does not exist");

    public static ServiceException InUse(string name, string account) => new("ResourceInUseException", $"Stream {name} under account {account} already exists.");

    public static ServiceException InvalidArgument(string message) => new("InvalidArgumentException", message);

    public static ServiceException Validation(string message) => new("ValidationException", message);

    public static ServiceException LimitExceeded(string message) => new("LimitExceededException", message);

    public static ServiceException InvalidIterator() => InvalidArgument("Invalid ShardIterator.");

    public static ServiceException ExpiredIterator(DateTimeOffset made, DateTimeOffset now) => new(
        "ExpiredIteratorException", $"Iterator expired. The iterator was created at time {made:O} while right now it is {now:O}: it lives for 5 minutes.");

    /// <summary>Throughput is not simulated: this is the bound of the memory.</summary>
    public static ServiceException Full() => new(
        "ProvisionedThroughputExceededException", $"LocalCloud keeps {Limits.StreamBytes} bytes of records in all streams: delete a stream, or wait for their retention to end.");
}
