using System.Globalization;
using System.Net;
using System.Text.Json;
using LocalCloud.Http;

namespace LocalCloud.Sns.Filtering;

/// <summary>One element of a policy's list: what a value, or its absence, must be like.</summary>
/// <param name="Matches">Tests a value that is there.</param>
/// <param name="Absent">Whether the condition holds when the key is missing.</param>
/// <param name="Present">Whether the condition holds for any value, even one that cannot be compared.</param>
internal sealed record Condition(Func<FilterValue, bool> Matches, bool Absent = false, bool Present = false)
{
    /// <exception cref="Http.ServiceException">The element is no scalar and no known operator.</exception>
    public static Condition Parse(JsonElement element)
    {
        if (FilterValue.Of(element) is { } exact)
        {
            return new Condition(value => value == exact);
        }

        var members = element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().ToArray()
            : throw Invalid("Match value must be String, number, true, false, or null");
        if (members.Length != 1)
        {
            throw Invalid("Only one key allowed in match expression");
        }

        var operand = members[0].Value;
        return members[0].Name switch
        {
            "exists" => Exists(operand),
            "numeric" => new Condition(NumericRange.Parse(operand)),
            "anything-but" => new Condition(AnythingBut(operand)),
            var name => new Condition(Text(name, operand)),
        };
    }

    public static Http.ServiceException Invalid(string reason) => SnsError.InvalidParameter("FilterPolicy: " + reason);

    private static Condition Exists(JsonElement operand) => operand.ValueKind switch
    {
        JsonValueKind.True => new Condition(_ => true, Present: true),
        JsonValueKind.False => new Condition(_ => false, Absent: true),
        _ => throw Invalid("exists match pattern must be either true or false."),
    };

    private static Func<FilterValue, bool> AnythingBut(JsonElement operand)
    {
        if (operand.ValueKind == JsonValueKind.Object)
        {
            var members = operand.EnumerateObject().ToArray();
            if (members is not [{ Name: "prefix" or "suffix" }])
            {
                throw Invalid($"Unsupported anything-but pattern: {(members.Length == 0 ? "" : Excerpt.Of(members[0].Name))}");
            }

            var inner = Text(members[0].Name, members[0].Value);
            return value => value.Kind == JsonValueKind.String && !inner(value);
        }

        FilterValue[] unwanted = operand.ValueKind == JsonValueKind.Array
            ? [.. operand.EnumerateArray().Select(element => FilterValue.Of(element) ?? throw Invalid("Inside anything but list, only strings and numbers are supported."))]
            : [FilterValue.Of(operand)!.Value];
        return unwanted.Length > 0 ? value => !unwanted.Contains(value) : throw Invalid("anything-but takes at least one value");
    }

    private static Func<FilterValue, bool> Text(string name, JsonElement operand)
    {
        if (name is not ("prefix" or "suffix" or "equals-ignore-case" or "cidr"))
        {
            throw Invalid($"Unrecognized match type {Excerpt.Of(name)}");
        }

        var text = operand.ValueKind == JsonValueKind.String ? operand.GetString()! : throw Invalid($"{(name == "cidr" ? "prefix" : name)} match pattern must be a string");
        Func<string, bool> test = name switch
        {
            "prefix" => value => value.StartsWith(text, StringComparison.Ordinal),
            "suffix" => value => value.EndsWith(text, StringComparison.Ordinal),
            "equals-ignore-case" => value => value.Equals(text, StringComparison.OrdinalIgnoreCase),
            _ => Cidr(text),
        };
        return value => value.Kind == JsonValueKind.String && test(value.Text!);
    }

    private static Func<string, bool> Cidr(string text)
    {
        if (text.Split('/') is not [var address, var bits])
        {
            throw Invalid("Malformed CIDR, one '/' required");
        }

        if (!int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw Invalid("Malformed CIDR, mask bits must be an integer");
        }

        return IPNetwork.TryParse(text, out var network)
            ? value => IPAddress.TryParse(value, out var candidate) && network.Contains(candidate)
            : throw Invalid($"Nonstandard IP address: {Excerpt.Of(address)}");
    }
}
