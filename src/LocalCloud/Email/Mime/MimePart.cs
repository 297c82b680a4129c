namespace LocalCloud.Email.Mime;

/// <summary>A MIME message, or a part of one, with the parts that it has itself.</summary>
internal sealed class MimePart
{
    private const int Deepest = 20;

    private MimePart(MimeHeaders headers, byte[] content, IReadOnlyList<MimePart> parts) => (Headers, Content, Parts) = (headers, content, parts);

    public MimeHeaders Headers { get; }

    /// <summary>Decoded; empty when it has parts.</summary>
    public byte[] Content { get; }

    public IReadOnlyList<MimePart> Parts { get; }

    public string ContentType => Headers.Kind("Content-Type") ?? "text/plain";

    public string Text => Charset.Decode(Content, Headers.Parameter("Content-Type", "charset"));

    public string? FileName => Headers.Parameter("Content-Disposition", "filename") ?? Headers.Parameter("Content-Type", "name");

    public bool IsAttachment => Headers.Kind("Content-Disposition") == "attachment" || FileName is not null || !ContentType.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>This part, or those inside it that have no parts, in order.</summary>
    public IEnumerable<MimePart> Leaves => Parts.Count == 0 ? [this] : Parts.SelectMany(part => part.Leaves);

    /// <param name="message">The bytes.</param>
    /// <param name="mostParts">Parts that it may have, all together; a further one is not read.</param>
    public static MimePart Read(ReadOnlySpan<byte> message, int mostParts) => Read(message, ref mostParts, 0);

    private static MimePart Read(ReadOnlySpan<byte> message, ref int left, int depth)
    {
        var (headEnd, bodyStart) = Split(message);
        var headers = MimeHeaders.Read(message[..headEnd]);
        var body = message[bodyStart..];
        if (depth < Deepest && headers.Kind("Content-Type")?.StartsWith("multipart/", StringComparison.Ordinal) == true
            && headers.Parameter("Content-Type", "boundary") is { Length: > 0 and <= 200 } boundary)
        {
            List<MimePart> parts = [];
            foreach (var range in Boundaries.Between(body, boundary, left))
            {
                if (left-- > 0)
                {
                    parts.Add(Read(body[range], ref left, depth + 1));
                }
            }

            if (parts.Count > 0)
            {
                return new MimePart(headers, [], parts);
            }
        }

        return new MimePart(headers, TransferEncoding.Decode(body, headers.Kind("Content-Transfer-Encoding")), []);
    }

    // An empty line ends the headers; a part may begin with it, and so have none.
    private static (int HeadEnd, int BodyStart) Split(ReadOnlySpan<byte> message)
    {
        for (var start = 0; start < message.Length;)
        {
            var end = message[start..].IndexOf((byte)'\n');
            var line = end < 0 ? message[start..] : message.Slice(start, end);
            var next = end < 0 ? message.Length : start + end + 1;
            if (line.IsEmpty || line.SequenceEqual("\r"u8))
            {
                return (start, next);
            }

            start = next;
        }

        return (message.Length, message.Length);
    }
}
