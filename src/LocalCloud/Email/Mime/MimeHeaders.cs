using System.Text.RegularExpressions;

namespace LocalCloud.Email.Mime;

/// <summary>The headers of a message or of one of its parts, unfolded.</summary>
internal sealed partial class MimeHeaders
{
    private const int MostHeaders = 1_000;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private MimeHeaders()
    {
    }

    /// <summary>The value as written; the first when there are several, null when there is none.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>What stands before the first semicolon, in lower case.</summary>
    public string? Kind(string name) => this[name]?.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>A parameter of a header: <c>charset</c> of Content-Type. Also in the form with a star, which has a charset of its own.</summary>
    public string? Parameter(string name, string parameter)
    {
        if (this[name] is not { } value)
        {
            return null;
        }

        foreach (Match match in Parameters().Matches(value))
        {
            var found = match.Groups["name"].Value;
            var text = match.Groups["quoted"].Success ? Escapes().Replace(match.Groups["quoted"].Value, "$1") : match.Groups["plain"].Value;
            if (found.Equals(parameter, StringComparison.OrdinalIgnoreCase))
            {
                return EncodedWords.Decode(text);
            }

            if (found.Equals(parameter + "*", StringComparison.OrdinalIgnoreCase))
            {
                return text.Split('\'', 3) is [_, _, var escaped] ? Uri.UnescapeDataString(escaped) : text;
            }
        }

        return null;
    }

    public static MimeHeaders Read(ReadOnlySpan<byte> block)
    {
        var headers = new MimeHeaders();
        var text = Charset.Decode(block, null).ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);
        foreach (var line in text.Split('\n').Take(MostHeaders))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers._values.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }

        return headers;
    }

    [GeneratedRegex(@";\s*(?<name>[^\s=;""]+)\s*=\s*(?:""(?<quoted>(?:[^""\\]|\\.)*)""|(?<plain>[^\s;]*))", RegexOptions.NonBacktracking)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"\\(.)", RegexOptions.NonBacktracking)]
    private static partial Regex Escapes();
}
