using System.Diagnostics;

namespace Local.Postgres;

/// <summary>The account PostgreSQL runs under: it refuses root.</summary>
/// <param name="Name">Null: the account of this process.</param>
internal sealed record UnixAccount(string? Name)
{
    /// <summary>Our own, or for root: PostgreSQL's own, else nobody.</summary>
    public static UnixAccount ForPostgres() => !Environment.IsPrivilegedProcess || OperatingSystem.IsWindows()
        ? new(null as string)
        : new(File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody");

    /// <summary>Runs a command under the account.</summary>
    public ProcessStartInfo Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" };
        if (Name is not null)
            start.UserName = Name;
        return start;
    }

    /// <summary>Gives a folder to the account.</summary>
    public async Task OwnAsync(string folder, CancellationToken cancellationToken)
    {
        if (Name is null)
            return;
        var start = new ProcessStartInfo("chown", [Name, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (await ChildProcess.RunAsync(start, _ => { }, cancellationToken) != 0)
            throw new CannotStartException($"The folder {folder} could not be given to the account {Name}, under which PostgreSQL runs.");
    }
}
