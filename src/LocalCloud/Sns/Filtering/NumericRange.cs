using System.Text.Json;

namespace LocalCloud.Sns.Filtering;

/// <summary>The <c>numeric</c> operator: one comparison, or a lower and an upper bound.</summary>
internal static class NumericRange
{
    private const double Most = 1e9;

    /// <exception cref="Http.ServiceException">The list is no comparison.</exception>
    public static Func<FilterValue, bool> Parse(JsonElement operand)
    {
        JsonElement[] parts = operand.ValueKind == JsonValueKind.Array ? [.. operand.EnumerateArray()] : [];
        if (parts.Length is not (2 or 4))
        {
            throw Condition.Invalid("Value of numeric must be a list of one or two comparisons");
        }

        var first = Comparison(parts[0], parts[1]);
        if (parts.Length == 2)
        {
            return value => value.Kind == JsonValueKind.Number && first(value.Number);
        }

        if (!(parts[0].ValueEquals(">") || parts[0].ValueEquals(">=")) || !(parts[2].ValueKind == JsonValueKind.String && parts[2].GetString()!.StartsWith('<'))
            || parts[1].GetDouble() >= (parts[3].ValueKind == JsonValueKind.Number ? parts[3].GetDouble() : double.NegativeInfinity))
        {
            throw Condition.Invalid("a numeric range must have its lower bound first, below its upper bound");
        }

        var second = Comparison(parts[2], parts[3]);
        return value => value.Kind == JsonValueKind.Number && first(value.Number) && second(value.Number);
    }

    private static Func<double, bool> Comparison(JsonElement sign, JsonElement operand)
    {
        if (operand.ValueKind != JsonValueKind.Number || Math.Abs(operand.GetDouble()) > Most)
        {
            throw Condition.Invalid("a numeric bound must be a number between -10^9 and 10^9");
        }

        var bound = operand.GetDouble();
        return (sign.ValueKind == JsonValueKind.String ? sign.GetString() : null) switch
        {
            "=" => number => number == bound,
            "<" => number => number < bound,
            "<=" => number => number <= bound,
            ">" => number => number > bound,
            ">=" => number => number >= bound,
            var other => throw Condition.Invalid($"Unrecognized numeric range operator: {other}"),
        };
    }
}
