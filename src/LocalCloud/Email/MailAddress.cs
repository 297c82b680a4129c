namespace LocalCloud.Email;

/// <summary>Addresses as mails and SES write them: <c>a@b.c</c>, <c>Name &lt;a@b.c&gt;</c>, <c>"Last, First" &lt;a@b.c&gt;</c>.</summary>
internal static class MailAddress
{
    /// <summary>The address without the name.</summary>
    public static string Of(string text)
    {
        var open = text.LastIndexOf('<');
        var close = text.IndexOf('>', Math.Max(open, 0));
        return (open >= 0 && close > open ? text[(open + 1)..close] : text).Trim();
    }

    /// <summary>Whether the address, with or without a name, is something at something, in ASCII and without blanks.</summary>
    public static bool IsOne(string text)
    {
        var address = Of(text);
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && address.Length <= 320 && address.All(c => c is > ' ' and < '\u007f' and not ('<' or '>' or ','));
    }

    /// <summary>Splits a header's list at its commas, but not inside quotes, brackets or comments.</summary>
    public static IReadOnlyList<string> Split(string list)
    {
        List<string> addresses = [];
        var (start, quoted, depth) = (0, false, 0);
        for (var i = 0; i <= list.Length; i++)
        {
            var c = i < list.Length ? list[i] : ',';
            if (c == '\\' && i < list.Length - 1)
            {
                i++;
                continue;
            }

            quoted ^= c == '"';
            depth += quoted ? 0 : c is '(' or '<' ? 1 : c is ')' or '>' && depth > 0 ? -1 : 0;
            if (i >= list.Length || (c == ',' && !quoted && depth == 0))
            {
                if (list[start..Math.Min(i, list.Length)].Trim() is { Length: > 0 } address)
                {
                    addresses.Add(address);
                }

                start = i + 1;
            }
        }

        return addresses;
    }
}
