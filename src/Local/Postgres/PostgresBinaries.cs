using System.Globalization;

namespace Local.Postgres;

/// <summary>Where PostgreSQL's programs are.</summary>
/// <param name="Folder">Holds <c>initdb</c> and <c>postgres</c>.</param>
internal sealed record PostgresBinaries(string Folder)
{
    /// <summary>Finds an installed PostgreSQL: where Debian, Homebrew and the PATH have it, the newest first.</summary>
    /// <returns>Null where there is none.</returns>
    public static PostgresBinaries? Find()
    {
        var folders = Versions("/usr/lib/postgresql").Concat(Versions("/usr/local/lib/postgresql"))
            .Concat(Directory.Exists("/opt/homebrew/opt") ? Directory.EnumerateDirectories("/opt/homebrew/opt", "postgresql*").Select(f => Path.Combine(f, "bin")) : [])
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        return folders.Where(Holds).Select(f => new PostgresBinaries(f)).FirstOrDefault();
    }

    /// <summary>The path of a program.</summary>
    public string Program(string name) => Path.Combine(Folder, name);

    private static bool Holds(string folder) => IsThere(Path.Combine(folder, "initdb")) && IsThere(Path.Combine(folder, "postgres"));

    // A link that leads nowhere exists, but cannot be run.
    private static bool IsThere(string program) => File.Exists(program) && (File.ResolveLinkTarget(program, returnFinalTarget: true)?.Exists ?? true);

    private static IEnumerable<string> Versions(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder)
            .OrderByDescending(f => double.TryParse(Path.GetFileName(f), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(f => Path.Combine(f, "bin"))
        : [];
}
