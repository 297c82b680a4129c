namespace LocalCloud.Http;

/// <summary>A query string as it stands in the request line.</summary>
internal static class QueryText
{
    /// <summary>The decoded value of a parameter, or null; the question mark in front may be there.</summary>
    public static string? Value(string query, string name)
    {
        foreach (var range in query.AsSpan().TrimStart('?').Split('&'))
        {
            var pair = query.AsSpan().TrimStart('?')[range];
            if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name, StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(pair[(name.Length + 1)..].ToString());
            }
        }

        return null;
    }

    /// <summary>The query without one parameter.</summary>
    public static string Without(string query, string name) =>
        string.Join('&', query.Split('&').Where(pair => !pair.StartsWith(name + "=", StringComparison.Ordinal)));
}
