using System.Buffers;
using System.Globalization;
using System.Text;

namespace Messaging.Publishing;

/// <summary>What subscriptions filter on, repeated outside the envelope and in the clear. Never personal data.</summary>
/// <param name="Name">1 to 256 letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; no dot first, last or twice in a row; not beginning with <c>AWS.</c> or <c>Amazon.</c>.</param>
/// <param name="Value">1 to 256 characters.</param>
/// <param name="IsNumber">Written as a number, which filters can compare.</param>
public sealed record AttributeValue(string Name, string Value, bool IsNumber = false)
{
    /// <summary>Carries the envelope's type. Every message has it.</summary>
    public const string Type = "type";

    /// <summary>
    /// The most of a message, <see cref="Type"/> included. Raw delivery throws a message with more than ten away, and one place is kept for what a deferral adds.
    /// </summary>
    public const int Most = 9;

    private const int Longest = 256;
    private static readonly SearchValues<char> AllowedInNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>The data type of SQS and SNS.</summary>
    internal string DataType => IsNumber ? "Number" : "String";

    /// <summary>What SQS and SNS count: name, data type and value.</summary>
    internal int Bytes => Name.Length + DataType.Length + Encoding.UTF8.GetByteCount(Value);

    /// <summary>Null where a service takes it, else what is wrong with it. The value is not quoted.</summary>
    internal string? Fault =>
        Name.Length is 0 or > Longest ? $"a name of {Name.Length} characters; it has 1 to {Longest}"
        : Name.AsSpan().ContainsAnyExcept(AllowedInNames) || Name.StartsWith('.') || Name.EndsWith('.') || Name.Contains("..", StringComparison.Ordinal)
            || Name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase) || Name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase)
            ? "a name that is not made of letters, digits, _, - and single dots, or begins with AWS. or Amazon."
        : Value.Length is 0 or > Longest ? $"a value of {Value.Length} characters; it has 1 to {Longest}"
        : IsNumber && !decimal.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "a value that is no number"
        : !SqsRules.IsText(Value) ? "a value with characters that SQS refuses"
        : null;
}
