namespace LocalCloud.DynamoDb;

/// <summary>The checksum that DynamoDB puts on its answers and its clients check: CRC-32 as in zip.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(entry => Enumerable.Range(0, 8).Aggregate(
        (uint)entry, (remainder, _) => (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ Polynomial))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var remainder = uint.MaxValue;
        foreach (var b in bytes)
        {
            remainder = Table[(byte)(remainder ^ b)] ^ (remainder >> 8);
        }

        return ~remainder;
    }
}
