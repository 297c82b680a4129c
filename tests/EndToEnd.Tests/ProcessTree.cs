using System.Globalization;

namespace EndToEnd.Tests;

/// <summary>Looks at processes the way ps does, through /proc.</summary>
internal static class ProcessTree
{
    public static IEnumerable<(int Id, string CommandLine)> Below(int root)
    {
        var all = All().ToList();
        var found = new HashSet<int> { root };
        for (var before = 0; before != found.Count;)
        {
            before = found.Count;
            found.UnionWith(all.Where(p => found.Contains(p.Parent)).Select(p => p.Id));
        }

        found.Remove(root);
        return all.Where(p => found.Contains(p.Id)).Select(p => (p.Id, p.CommandLine));
    }

    public static bool IsAlive(int id) => All().Any(p => p.Id == id);

    private static IEnumerable<(int Id, int Parent, string CommandLine)> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
                continue;
            string stat, commandLine;
            try
            {
                stat = File.ReadAllText(Path.Combine(folder, "stat"));
                commandLine = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            // "id (name) state parent …": the name may hold anything, so what follows is read from its end.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[0] != "Z")
                yield return (id, int.Parse(fields[1], CultureInfo.InvariantCulture), commandLine.Replace('\0', ' '));
        }
    }
}
