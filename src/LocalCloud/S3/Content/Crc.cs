using System.Buffers.Binary;

namespace LocalCloud.S3.Content;

/// <summary>A cyclic redundancy check of up to 64 bits, bits reflected, started and ended with all ones: all three that S3 knows are such.</summary>
internal sealed class Crc
{
    private const int Slices = 8;

    private readonly int _bits;
    private readonly ulong[] _table = new ulong[Slices * 256];

    private Crc(ulong reflectedPolynomial, int bits)
    {
        _bits = bits;
        for (var i = 0; i < 256; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ reflectedPolynomial;
            }

            _table[i] = value;
        }

        for (var i = 256; i < _table.Length; i++)
        {
            _table[i] = (_table[i - 256] >> 8) ^ _table[_table[i - 256] & 0xFF];
        }
    }

    public static Crc Crc32 { get; } = new(0xEDB88320, 32);

    public static Crc Crc32C { get; } = new(0x82F63B78, 32);

    public static Crc Crc64Nvme { get; } = new(0x9A6C9329AC4BC9B5, 64);

    /// <summary>The check of the bytes, big-endian, as S3 writes it.</summary>
    public byte[] Of(ReadOnlySpan<byte> bytes)
    {
        var ones = _bits == 64 ? ulong.MaxValue : (1UL << _bits) - 1;
        var crc = ones;
        // Eight bytes at a time: one look-up for each, none waiting for another.
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = 0;
            for (var i = 0; i < Slices; i++)
            {
                crc ^= _table[((Slices - 1 - i) * 256) + (int)((word >> (8 * i)) & 0xFF)];
            }
        }

        foreach (var b in bytes)
        {
            crc = (crc >> 8) ^ _table[(crc ^ b) & 0xFF];
        }

        crc ^= ones;
        var answer = new byte[_bits / 8];
        for (var i = 0; i < answer.Length; i++)
        {
            answer[i] = (byte)(crc >> (_bits - 8 - (8 * i)));
        }

        return answer;
    }
}
