namespace LocalCloud.Policies;

/// <summary>Patterns of policies: <c>*</c> is any text, <c>?</c> any one character.</summary>
internal static class Wildcard
{
    /// <summary>An asterisk that stands for itself: what a policy writes as <c>${*}</c>, or the value of a variable.</summary>
    public const char LiteralAsterisk = '\uE000';

    /// <summary>A question mark that stands for itself.</summary>
    public const char LiteralQuestionMark = '\uE001';

    /// <summary>The text with every wildcard turned into itself.</summary>
    public static string Literal(string text) => text.Replace('*', LiteralAsterisk).Replace('?', LiteralQuestionMark);

    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase = false)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], text[t], ignoreCase)))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                // The last asterisk takes one character more.
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    private static bool Same(char pattern, char text, bool ignoreCase)
    {
        var wanted = pattern switch { LiteralAsterisk => '*', LiteralQuestionMark => '?', _ => pattern };
        return wanted == text || (ignoreCase && char.ToLowerInvariant(wanted) == char.ToLowerInvariant(text));
    }
}
