using System.Globalization;
using System.Text;

namespace LocalCloud.DynamoDb.Streams;

/// <summary>Where a reader of a shard is, as the opaque text that it carries along. Lasts 15 minutes.</summary>
internal sealed record ShardIterator(string StreamArn, long Sequence, DateTimeOffset Issued)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public override string ToString() => $"{StreamArn}|1|" + Convert.ToBase64String(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Sequence}|{Issued.ToUnixTimeMilliseconds()}")));

    /// <exception cref="Http.ServiceException">It is none, or has expired.</exception>
    public static ShardIterator Parse(string text, DateTimeOffset now)
    {
        var parts = text.Split('|');
        Span<byte> place = stackalloc byte[64];
        if (parts.Length != 3 || !Convert.TryFromBase64String(parts[2], place, out var length)
            || Encoding.ASCII.GetString(place[..length]).Split('|') is not [var sequence, var issued]
            || !long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !long.TryParse(issued, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > 253_402_300_799_999)
        {
            throw DynamoDbError.Validation("Invalid ShardIterator");
        }

        var iterator = new ShardIterator(parts[0], from, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        return iterator.Issued + Lifetime > now ? iterator : throw DynamoDbError.ExpiredIterator();
    }
}
