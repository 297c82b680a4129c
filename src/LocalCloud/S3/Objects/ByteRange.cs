using System.Globalization;

namespace LocalCloud.S3.Objects;

/// <summary>The part of an object that a read asks for.</summary>
internal readonly record struct ByteRange(int Start, int Length)
{
    private const string Unit = "bytes=";

    /// <summary>From <c>bytes=0-99</c>, <c>bytes=100-</c> or <c>bytes=-100</c>; null for what S3 ignores: no header, several ranges, other units.</summary>
    /// <exception cref="Http.ServiceException">It begins behind the object's end.</exception>
    public static ByteRange? Parse(string? header, int size)
    {
        if (header is null || !header.StartsWith(Unit, StringComparison.Ordinal) || header[Unit.Length..].Split('-') is not [var first, var last])
        {
            return null;
        }

        if (first.Length == 0)
        {
            return !Number(last, out var suffix) ? null
                : suffix == 0 || size == 0 ? throw S3Error.InvalidRange()
                : new((int)Math.Max(0, size - suffix), (int)Math.Min(size, suffix));
        }

        long end = long.MaxValue;
        return !Number(first, out var start) || (last.Length > 0 && (!Number(last, out end) || end < start)) ? null
            : start >= size ? throw S3Error.InvalidRange()
            : new((int)start, (int)(Math.Min(end, size - 1) - start + 1));
    }

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
