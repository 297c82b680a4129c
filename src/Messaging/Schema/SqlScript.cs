using System.Reflection;

namespace Messaging.Schema;

/// <summary>One file of SQL. Its statements each end with a semicolon at the end of a line.</summary>
/// <param name="Name">Files are applied in the order of their names: <c>001_inbox.sql</c>.</param>
/// <param name="Sql">The text.</param>
public sealed record SqlScript(string Name, string Sql)
{
    internal IEnumerable<string> Statements => Sql
        .Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(s => s.TrimEnd(';'));

    /// <summary>The scripts that are embedded in an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>Them, in order.</returns>
    public static IReadOnlyList<SqlScript> Embedded(Assembly assembly)
    {
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

        SqlScript Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return new(name, reader.ReadToEnd().ReplaceLineEndings("\n"));
        }
    }
}
