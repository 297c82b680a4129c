namespace LocalCloud.Templates.Resources;

/// <summary>How the Query protocol writes a map.</summary>
internal static class QueryParameters
{
    public static IEnumerable<(string Name, string Value)> Map(string name, IEnumerable<(string Key, string Value)> entries) =>
        entries.SelectMany((entry, index) => new[] { ($"{name}.entry.{index + 1}.key", entry.Key), ($"{name}.entry.{index + 1}.value", entry.Value) });
}
