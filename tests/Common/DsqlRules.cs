using System.Text.RegularExpressions;

namespace Tests.Common;

/// <summary>What Aurora DSQL lacks, as far as a pattern can see it.</summary>
internal static partial class DsqlRules
{
    /// <summary>Every SQL script and C# file below a folder of src/.</summary>
    public static IReadOnlyList<string> Sources(string folder)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Serverless.sln")))
            root = root.Parent ?? throw new InvalidOperationException("No Serverless.sln above the tests.");
        return [.. Directory.EnumerateFiles(Path.Combine(root.FullName, "src", folder), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".sql", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(File.ReadAllText)];
    }

    [GeneratedRegex(
        @"\b(foreign\s+key|references\s+\w+\s*\(|jsonb|serial|bigserial|create\s+trigger|truncate|create\s+temp|savepoint|listen\s|notify\s|skip\s+locked|pg_advisory|language\s+plpgsql|create\s+index)\b|any\s*\([^)]*\)[^""]*\bfor\s+update",
        RegexOptions.IgnoreCase)]
    public static partial Regex Lacking();
}
