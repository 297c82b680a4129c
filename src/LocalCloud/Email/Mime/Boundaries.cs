using System.Text;

namespace LocalCloud.Email.Mime;

/// <summary>Finds the parts between the boundary lines of a multipart body.</summary>
internal static class Boundaries
{
    /// <summary>At most <paramref name="most"/> parts. What stands before the first line and after the closing one belongs to none; a missing closing line is forgiven.</summary>
    public static IReadOnlyList<Range> Between(ReadOnlySpan<byte> body, string boundary, int most)
    {
        ReadOnlySpan<byte> delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        List<Range> parts = [];
        var begin = -1;
        for (var start = 0; start < body.Length && parts.Count < most;)
        {
            var end = body[start..].IndexOf((byte)'\n');
            var next = end < 0 ? body.Length : start + end + 1;
            var line = body[start..next].TrimEnd(" \t\r\n"u8);
            var closing = line.Length == delimiter.Length + 2 && line.EndsWith("--"u8);
            if (line.StartsWith(delimiter) && (line.Length == delimiter.Length || closing))
            {
                if (begin >= 0)
                {
                    parts.Add(begin..Math.Max(begin, BeforeBreak(body, start)));
                }

                begin = next;
                if (closing)
                {
                    return parts;
                }
            }

            start = next;
        }

        if (begin >= 0 && begin < body.Length && parts.Count < most)
        {
            parts.Add(begin..body.Length);
        }

        return parts;
    }

    // The line break before a boundary belongs to the boundary.
    private static int BeforeBreak(ReadOnlySpan<byte> body, int start) =>
        start >= 2 && body[start - 2] == '\r' ? start - 2 : start >= 1 ? start - 1 : start;
}
