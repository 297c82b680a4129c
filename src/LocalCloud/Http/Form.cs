using System.Text;
using System.Text.Unicode;

namespace LocalCloud.Http;

/// <summary>The parameters of a Query protocol request: a form body or a query string.</summary>
internal sealed class Form
{
    private const int LongestName = 200;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _prefixes = new(StringComparer.Ordinal);

    public static Form Empty { get; } = new();

    public IReadOnlyDictionary<string, string> Values => _values;

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Decodes <c>a=b&amp;c=d</c>; null when it is no text, badly escaped or has too many parameters.</summary>
    public static Form? Parse(ReadOnlySpan<byte> text)
    {
        var form = new Form();
        foreach (var range in text.Split((byte)'&'))
        {
            var pair = text[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            if (name is null || value is null || name.Length > LongestName || form._values.Count >= Limits.FormParameters)
            {
                return null;
            }

            form._values[name] = value;
            for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
            {
                form._prefixes.Add(name[..dot]);
            }
        }

        return form;
    }

    /// <summary>The names of a list's items (<c>Entry.1</c>, <c>Entry.2</c>), counted from 1 without gaps.</summary>
    public IEnumerable<string> Items(string prefix)
    {
        for (var i = 1; i <= Limits.FormParameters; i++)
        {
            var item = $"{prefix}.{i}";
            if (!_values.ContainsKey(item) && !_prefixes.Contains(item))
            {
                yield break;
            }

            yield return item;
        }
    }

    /// <summary>Whether any parameter lies below the prefix.</summary>
    public bool Has(string prefix) => _prefixes.Contains(prefix);

    private static string? Decode(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : null;
        }

        var plain = text.ToArray();
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2]))
                {
                    return null;
                }

                plain[length++] = Convert.FromHexString(Encoding.ASCII.GetString(text.Slice(i + 1, 2)))[0];
                i += 2;
            }
            else
            {
                plain[length++] = text[i] == '+' ? (byte)' ' : text[i];
            }
        }

        return Utf8.IsValid(plain.AsSpan(0, length)) ? Encoding.UTF8.GetString(plain, 0, length) : null;
    }
}
