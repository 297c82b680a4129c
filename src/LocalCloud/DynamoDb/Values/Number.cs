using System.Globalization;
using System.Numerics;

namespace LocalCloud.DynamoDb.Values;

/// <summary>A decimal of up to 38 significant digits, exact: mantissa * 10^exponent, the mantissa without trailing zeros.</summary>
internal readonly record struct Number : IComparable<Number>
{
    private const int Digits = 38;
    private const int HighestPower = 125;
    private const int LowestPower = -130;
    private const int LongestText = 500;

    private Number(BigInteger mantissa, int exponent)
    {
        while (!mantissa.IsZero && BigInteger.DivRem(mantissa, 10, out var last) is var rest && last.IsZero)
        {
            (mantissa, exponent) = (rest, exponent + 1);
        }

        (Mantissa, Exponent) = (mantissa, mantissa.IsZero ? 0 : exponent);
    }

    public BigInteger Mantissa { get; }

    public int Exponent { get; }

    public int SignificantDigits => BigInteger.Abs(Mantissa).ToString(CultureInfo.InvariantCulture).Length;

    /// <exception cref="Http.ServiceException">It is no number, too precise, too large or too small.</exception>
    public static Number Parse(string text)
    {
        var span = text.AsSpan();
        var e = span.IndexOfAny('e', 'E');
        var power = 0;
        var plain = e < 0 ? span : span[..e];
        if (text.Length > LongestText || (e >= 0 && !int.TryParse(span[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power)))
        {
            throw NoNumber(text);
        }

        var dot = plain.IndexOf('.');
        var digits = dot < 0 ? plain.ToString() : string.Concat(plain[..dot], plain[(dot + 1)..]);
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[^1]) || (dot >= 0 && plain[(dot + 1)..].ContainsAny('+', '-'))
            || !BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var mantissa))
        {
            throw NoNumber(text);
        }

        var exponent = (long)power - (dot < 0 ? 0 : plain.Length - dot - 1);
        return mantissa.IsZero ? default : Checked(new Number(mantissa, (int)Math.Clamp(exponent, -100_000, 100_000)));
    }

    public static Number operator +(Number left, Number right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return Checked(new Number(left.Scaled(exponent) + right.Scaled(exponent), exponent));
    }

    public static Number operator -(Number left, Number right) => left + new Number(-right.Mantissa, right.Exponent);

    public int CompareTo(Number other)
    {
        var exponent = Math.Min(Exponent, other.Exponent);
        return Scaled(exponent).CompareTo(other.Scaled(exponent));
    }

    /// <summary>Whole seconds, if it is a number of them that a time can be.</summary>
    public long? ToSeconds() => CompareTo(default) >= 0 && CompareTo(new Number(253_402_300_799, 0)) <= 0
        ? (long)(Exponent >= 0 ? Scaled(0) : Mantissa / BigInteger.Pow(10, -Exponent)) : null;

    /// <summary>Without an exponent and without needless zeros, as AWS answers it.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Mantissa).ToString(CultureInfo.InvariantCulture);
        if (Exponent >= 0)
        {
            digits += new string('0', Exponent);
        }
        else
        {
            digits = digits.PadLeft(-Exponent + 1, '0');
            digits = digits[..^-Exponent] + "." + digits[^-Exponent..];
        }

        return Mantissa.Sign < 0 ? "-" + digits : digits;
    }

    private BigInteger Scaled(int exponent) => Mantissa.IsZero ? Mantissa : Mantissa * BigInteger.Pow(10, Exponent - exponent);

    private static Number Checked(Number number)
    {
        var digits = number.SignificantDigits;
        var power = number.Exponent + digits - 1;
        return number.Mantissa.IsZero ? number
            : power > HighestPower ? throw DynamoDbError.Validation("Number overflow. Attempting to store a number with magnitude larger than supported range")
            : power < LowestPower ? throw DynamoDbError.Validation("Number underflow. Attempting to store a number with magnitude smaller than supported range")
            : digits > Digits ? throw DynamoDbError.Validation("Attempting to store more than 38 significant digits in a Number")
            : number;
    }

    private static Http.ServiceException NoNumber(string text) => DynamoDbError.Validation(
        text.Length == 0 ? "The parameter cannot be converted to a numeric value" : "The parameter cannot be converted to a numeric value: " + Http.Excerpt.Of(text));
}
