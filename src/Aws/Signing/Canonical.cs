using System.Text;

namespace Aws.Signing;

/// <summary>Headers as they are signed: lower-case names in byte order, values of one name joined, white space folded.</summary>
internal static class CanonicalHeaders
{
    /// <summary>The headers in order. What is in order already is not copied.</summary>
    public static ReadOnlySpan<KeyValuePair<string, string>> Sort(ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        if (InOrder(headers))
            return headers;
        var sorted = new KeyValuePair<string, string>[headers.Length];
        for (var i = 0; i < headers.Length; i++)
        {
            var header = new KeyValuePair<string, string>(headers[i].Key.ToLowerInvariant(), headers[i].Value);
            var at = i;
            // A stable insertion sort: several values of one name keep their order.
            for (; at > 0 && string.CompareOrdinal(sorted[at - 1].Key, header.Key) > 0; at--)
                sorted[at] = sorted[at - 1];
            sorted[at] = header;
        }

        return sorted;
    }

    public static void Add(ref Utf8Builder text, ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            var repeated = i > 0 && headers[i - 1].Key == headers[i].Key;
            if (!repeated)
                text.Add(headers[i].Key);
            text.Add(repeated ? (byte)',' : (byte)':');
            AddFolded(ref text, headers[i].Value.AsSpan().Trim());
            if (i + 1 == headers.Length || headers[i + 1].Key != headers[i].Key)
                text.Add((byte)'\n');
        }
    }

    public static void AddNames(ref Utf8Builder text, ReadOnlySpan<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> separator = default)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            if (i > 0 && headers[i - 1].Key == headers[i].Key)
                continue;
            if (i > 0)
                text.Add(separator.IsEmpty ? ";"u8 : separator);
            text.Add(headers[i].Key);
        }
    }

    private static bool InOrder(ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            if (headers[i].Key.AsSpan().ContainsAnyInRange('A', 'Z') || (i > 0 && string.CompareOrdinal(headers[i - 1].Key, headers[i].Key) > 0))
                return false;
        }

        return true;
    }

    private static void AddFolded(ref Utf8Builder text, ReadOnlySpan<char> value)
    {
        while (value.IndexOf("  ") is >= 0 and var gap)
        {
            text.Add(value[..(gap + 1)]);
            value = value[gap..].TrimStart(' ');
        }

        text.Add(value);
    }
}

/// <summary>A path without empty, <c>.</c> and <c>..</c> segments.</summary>
internal static class CanonicalPath
{
    public static string Normalize(string path)
    {
        if (path.Length == 0)
            return "/";
        if (!path.Contains("//", StringComparison.Ordinal) && !path.Contains("/.", StringComparison.Ordinal))
            return path;
        var kept = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == ".." && kept.Count > 0)
                kept.RemoveAt(kept.Count - 1);
            else if (segment is not ("" or "." or ".."))
                kept.Add(segment);
        }

        var joined = "/" + string.Join('/', kept);
        return kept.Count > 0 && (path.EndsWith('/') || path.EndsWith("/.", StringComparison.Ordinal) || path.EndsWith("/..", StringComparison.Ordinal))
            ? joined + "/"
            : joined;
    }
}

/// <summary>A query as it is signed: every name and value encoded anew, in byte order.</summary>
internal static class CanonicalQuery
{
    public static string Of(string query)
    {
        if (query.Length == 0)
            return "";
        var pairs = new List<(string Name, string Value)>();
        foreach (var range in query.AsSpan().Split('&'))
        {
            var pair = query[range];
            if (pair.Length == 0)
                continue;
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(equals < 0 ? (Encode(pair), "") : (Encode(pair[..equals]), Encode(pair[(equals + 1)..])));
        }

        pairs.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name) is not 0 and var order
            ? order
            : string.CompareOrdinal(left.Value, right.Value));
        var text = new StringBuilder(query.Length + 16);
        foreach (var (name, value) in pairs)
            text.Append(text.Length == 0 ? "" : "&").Append(name).Append('=').Append(value);
        return text.ToString();
    }

    private static string Encode(string value)
    {
        var text = new Utf8Builder(stackalloc byte[256]);
        text.AddEncoded(Uri.UnescapeDataString(value), encodeSlash: true);
        var encoded = text.ToString();
        text.Dispose();
        return encoded;
    }
}
