using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Sns.Filtering;

/// <summary>The <c>numeric</c> operator: one comparison, or a lower and an upper bound.</summary>
internal static class NumericRange
{
    private const double Most = 1e9;

    /// <exception cref="ServiceException">The list is no comparison.</exception>
    public static Func<FilterValue, bool> Parse(JsonElement operand)
    {
        JsonElement[] parts = operand.ValueKind == JsonValueKind.Array ? [.. operand.EnumerateArray()] : [];
        if (parts.Length == 0 || parts[0].ValueKind != JsonValueKind.String)
        {
            throw Condition.Invalid($"Invalid member in numeric match: {(parts.Length == 0 ? "]" : Excerpt.Of(parts[0].ToString()))}");
        }

        var sign = parts[0].GetString()!;
        var first = Comparison(sign, sign is "<" or "<=" or "=" or ">" or ">=" ? Bound(sign, parts, 1) : throw Condition.Invalid($"Unrecognized numeric range operator: {Excerpt.Of(sign)}"));
        if (parts.Length == 2)
        {
            return value => value.Kind == JsonValueKind.Number && first(value.Number);
        }

        if (sign is not (">" or ">="))
        {
            throw Condition.Invalid("Too many elements in numeric expression");
        }

        var end = parts[2].ValueKind == JsonValueKind.String ? parts[2].GetString()! : throw Condition.Invalid($"Bad value in numeric range: {Excerpt.Of(parts[2].ToString())}");
        var second = Comparison(end, end is "<" or "<=" ? Bound(end, parts, 3) : throw Condition.Invalid($"Bad numeric range operator: {Excerpt.Of(end)}"));
        return parts[1].GetDouble() >= parts[3].GetDouble() ? throw Condition.Invalid("Bottom must be less than top")
            : parts.Length > 4 ? throw Condition.Invalid("Too many terms in numeric range expression")
            : value => value.Kind == JsonValueKind.Number && first(value.Number) && second(value.Number);
    }

    private static double Bound(string sign, JsonElement[] parts, int index)
    {
        if (index >= parts.Length || parts[index].ValueKind != JsonValueKind.Number)
        {
            throw Condition.Invalid($"Value of {(sign == "=" ? "equals" : sign)} must be numeric");
        }

        return Math.Abs(parts[index].GetDouble()) <= Most
            ? FilterValue.Of(parts[index])!.Value.Number
            : throw Condition.Invalid($"Value of {(sign == "=" ? "equals" : sign)} must be between -1.0E9 and +1.0E9, inclusive");
    }

    private static Func<double, bool> Comparison(string sign, double bound) => sign switch
    {
        "<" => number => number < bound,
        "<=" => number => number <= bound,
        ">" => number => number > bound,
        ">=" => number => number >= bound,
        _ => number => number == bound,
    };
}
