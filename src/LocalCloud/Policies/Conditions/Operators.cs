using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace LocalCloud.Policies.Conditions;

/// <summary>The operators of conditions by name. Each compares a value of the request with one of the policy; values that are no number, date or address match nothing.</summary>
internal static class Operators
{
    public static FrozenDictionary<string, (Func<string, string, bool> Compare, bool IsNegated)> All { get; } = Table();

    private static FrozenDictionary<string, (Func<string, string, bool>, bool)> Table()
    {
        Dictionary<string, (Func<string, string, bool>, bool)> all = new()
        {
            ["StringEquals"] = (Equal, false),
            ["StringNotEquals"] = (Equal, true),
            ["StringEqualsIgnoreCase"] = (EqualIgnoringCase, false),
            ["StringNotEqualsIgnoreCase"] = (EqualIgnoringCase, true),
            ["StringLike"] = (Like, false),
            ["StringNotLike"] = (Like, true),
            ["ArnEquals"] = (ArnLike, false),
            ["ArnNotEquals"] = (ArnLike, true),
            ["ArnLike"] = (ArnLike, false),
            ["ArnNotLike"] = (ArnLike, true),
            ["Bool"] = (EqualIgnoringCase, false),
            ["BinaryEquals"] = (Equal, false),
            ["IpAddress"] = (InNetwork, false),
            ["NotIpAddress"] = (InNetwork, true),
        };
        foreach (var (kind, compare) in new (string, Func<string, string, int?>)[] { ("Numeric", Numbers), ("Date", Dates) })
        {
            all[kind + "Equals"] = ((value, wanted) => compare(value, wanted) == 0, false);
            all[kind + "NotEquals"] = ((value, wanted) => compare(value, wanted) == 0, true);
            all[kind + "LessThan"] = ((value, wanted) => compare(value, wanted) < 0, false);
            all[kind + "LessThanEquals"] = ((value, wanted) => compare(value, wanted) <= 0, false);
            all[kind + "GreaterThan"] = ((value, wanted) => compare(value, wanted) > 0, false);
            all[kind + "GreaterThanEquals"] = ((value, wanted) => compare(value, wanted) >= 0, false);
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static bool Equal(string value, string wanted) => value == Plain(wanted);

    private static bool EqualIgnoringCase(string value, string wanted) => string.Equals(value, Plain(wanted), StringComparison.OrdinalIgnoreCase);

    private static bool Like(string value, string pattern) => Wildcard.Matches(pattern, value);

    // Part by part, so that a wildcard does not reach over a colon; the last part may hold colons.
    private static bool ArnLike(string value, string pattern)
    {
        var (parts, patterns) = (value.Split(':', 6), pattern.Split(':', 6));
        return parts.Length == 6 && patterns.Length == 6 && parts.Zip(patterns).All(pair => Wildcard.Matches(pair.Second, pair.First));
    }

    private static bool InNetwork(string value, string network)
    {
        if (!IPAddress.TryParse(value, out var address))
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return network.Contains('/', StringComparison.Ordinal)
            ? IPNetwork.TryParse(network, out var range) && range.Contains(address)
            : IPAddress.TryParse(network, out var one) && one.Equals(address);
    }

    private static int? Numbers(string value, string wanted) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var left) && decimal.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : null;

    private static int? Dates(string value, string wanted) => Date(value) is { } left && Date(wanted) is { } right ? left.CompareTo(right) : null;

    // ISO 8601, or seconds since 1970.
    private static DateTimeOffset? Date(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && text.Length > 4
            ? seconds <= 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static string Plain(string pattern) => pattern.Replace(Wildcard.LiteralAsterisk, '*').Replace(Wildcard.LiteralQuestionMark, '?');
}
