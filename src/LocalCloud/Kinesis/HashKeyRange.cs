using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace LocalCloud.Kinesis;

/// <summary>The hash keys that a shard is for, both ends included.</summary>
internal readonly record struct HashKeyRange(UInt128 Start, UInt128 End)
{
    private static readonly BigInteger All = BigInteger.One << 128;

    public bool Has(UInt128 key) => key >= Start && key <= End;

    /// <summary>The keys in equal parts; the last takes what is left over.</summary>
    public static HashKeyRange Of(int shard, int shards)
    {
        var size = All / shards;
        return new HashKeyRange((UInt128)(size * shard), (UInt128)((shard == shards - 1 ? All : size * (shard + 1)) - 1));
    }

    /// <summary>Where a record goes: by its explicit key, else by the MD5 of its partition key.</summary>
    /// <exception cref="Http.ServiceException">The explicit key is no number below 2^128.</exception>
    public static UInt128 KeyOf(string partitionKey, string? explicitKey)
    {
        if (explicitKey is null)
        {
#pragma warning disable CA5351 // It spreads records as Kinesis does, and protects nothing.
            return BinaryPrimitives.ReadUInt128BigEndian(MD5.HashData(Encoding.UTF8.GetBytes(partitionKey)));
#pragma warning restore CA5351
        }

        return UInt128.TryParse(explicitKey, NumberStyles.None, CultureInfo.InvariantCulture, out var key) && (explicitKey == "0" || explicitKey[0] != '0')
            ? key : throw KinesisError.InvalidArgument($"Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was {Http.Excerpt.Of(explicitKey)}");
    }
}
