using System.Globalization;
using System.Text;

namespace LocalCloud.Kinesis;

/// <summary>A place in a shard, as its reader holds it.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="Created">When the stream was created: an iterator does not outlive its stream.</param>
/// <param name="Shard">The shard's id.</param>
/// <param name="Position">Of the next record.</param>
/// <param name="Made">When it was given out.</param>
internal sealed record ShardIterator(string Stream, DateTimeOffset Created, string Shard, long Position, DateTimeOffset Made)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public override string ToString() => Convert.ToBase64String(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"1 {Stream} {Created.UtcTicks} {Shard} {Position} {Made.UtcTicks}")));

    /// <exception cref="Http.ServiceException">It is no iterator, or older than five minutes.</exception>
    public static ShardIterator Parse(string text, DateTimeOffset now)
    {
        var bytes = new byte[text.Length];
        var parts = Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.ASCII.GetString(bytes, 0, length).Split(' ') : [];
        if (parts is not ["1", var stream, var created, var shard, var position, var made]
            || Ticks(created) is not { } createdAt || Ticks(made) is not { } madeAt
            || !long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
        {
            throw KinesisError.InvalidIterator();
        }

        return now - madeAt <= Life ? new ShardIterator(stream, createdAt, shard, place, madeAt) : throw KinesisError.ExpiredIterator(madeAt, now);
    }

    private static DateTimeOffset? Ticks(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
