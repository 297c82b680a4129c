using System.Text.Json;

namespace LocalCloud.Sns.Filtering;

/// <summary>A single value to match: of a message attribute, of the body, or in a policy.</summary>
/// <param name="Kind">String, Number, True, False or Null.</param>
/// <param name="Text">A string's text.</param>
/// <param name="Number">A number's value.</param>
internal readonly record struct FilterValue(JsonValueKind Kind, string? Text = null, double Number = 0)
{
    private const int Decimals = 5;

    /// <summary>A number as SNS compares it: with five digits after the decimal point.</summary>
    public static FilterValue Of(double number) => new(JsonValueKind.Number, Number: Math.Round(number, Decimals));

    /// <summary>The value of a JSON scalar; null for an object or an array.</summary>
    public static FilterValue? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new FilterValue(JsonValueKind.String, element.GetString()),
        JsonValueKind.Number => Of(element.GetDouble()),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => new FilterValue(element.ValueKind),
        _ => null,
    };
}
