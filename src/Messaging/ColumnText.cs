namespace Messaging;

/// <summary>A reason as a column takes it: PostgreSQL refuses NUL and half a surrogate pair, and a row must not have any size.</summary>
internal static class ColumnText
{
    /// <summary>What cannot be kept is made readable, and what is longer is cut.</summary>
    public static string Of(string text, int longest) =>
        string.Concat(text[..Math.Min(text.Length, longest)].EnumerateRunes().Select(rune => rune.Value == 0 ? "?" : rune.ToString()));
}
