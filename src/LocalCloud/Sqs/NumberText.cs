using System.Globalization;

namespace LocalCloud.Sqs;

/// <summary>The rules for message attributes of type Number: up to 38 significant digits, between -10^128 and 10^126.</summary>
internal static class NumberText
{
    private const int MostDigits = 38;
    private const int LongestText = 256;

    private static readonly double Lowest = -Math.Pow(10, 128);
    private static readonly double Highest = Math.Pow(10, 126);

    public static bool IsValid(string text) => text.Length <= LongestText
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= Lowest && number <= Highest
        && SignificantDigits(text) <= MostDigits;

    // Zeroes in front and at the end do not count.
    private static int SignificantDigits(string text)
    {
        var exponent = text.AsSpan().IndexOfAny('e', 'E');
        var digits = string.Concat(text[..(exponent < 0 ? text.Length : exponent)].Where(char.IsAsciiDigit));
        return digits.Trim('0').Length;
    }
}
