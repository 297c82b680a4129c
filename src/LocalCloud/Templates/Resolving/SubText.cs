namespace LocalCloud.Templates.Resolving;

/// <summary>The text of a <c>Fn::Sub</c> in pieces: literal text, and names between <c>${</c> and <c>}</c>; <c>${!x}</c> is the literal <c>${x}</c>.</summary>
internal static class SubText
{
    public static IEnumerable<(bool IsName, string Text)> Pieces(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            var start = text.IndexOf("${", position, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf('}', start);
            if (end < 0)
                break;
            if (start > position)
                yield return (false, text[position..start]);
            var name = text[(start + 2)..end].Trim();
            yield return name.StartsWith('!') ? (false, $"${{{name[1..]}}}") : (true, name);
            position = end + 1;
        }
        if (position < text.Length)
            yield return (false, text[position..]);
    }
}
