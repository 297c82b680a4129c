using System.Diagnostics;
using System.Text.RegularExpressions;
using Local;
using Local.Postgres;
using Npgsql;

namespace Crash.Processes;

/// <summary>
/// A PostgreSQL that dies with all its connections and comes back at the same port with the same data, as after the crash of its machine, but for
/// what only a power cut would lose.
/// </summary>
internal sealed partial class CrashingPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Ends the server when our end of the pipe closes, however this process ends; and ends with the server.
    private const string Guard =
        """
        trap '' INT TERM HUP
        exec 3<&0
        "$@" 3<&- &
        server=$!
        (cat <&3 >/dev/null; kill -INT "$server" 2>/dev/null) &
        wait "$server"
        """;

    private readonly UnixAccount _account = UnixAccount.ForPostgres();
    private readonly PostgresServer _first;
    private readonly string _data;
    private Process? _guard;

    private CrashingPostgres(PostgresServer first, string data) => (_first, _data) = (first, data);

    public string ConnectionString => _first.ConnectionString;

    public static async Task<CrashingPostgres> StartAsync(ScratchFolder scratch, CancellationToken cancellationToken)
    {
        var binaries = PostgresBinaries.Find() ?? await PostgresPackage.FetchAsync(cache: null, cancellationToken);
        var folder = scratch.Folder("postgres");
        return new(await PostgresServer.StartAsync(binaries, folder, cancellationToken), Path.Combine(folder, "data"));
    }

    /// <summary>Kills it and starts it again, with the options that it had.</summary>
    /// <param name="signal">KILL, or QUIT: its own immediate shutdown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RestartAsync(string signal, CancellationToken cancellationToken)
    {
        var server = File.ReadLines(Path.Combine(_data, "postmaster.pid")).First();
        using (var kill = Process.Start("kill", [$"-{signal}", server]))
            await kill.WaitForExitAsync(cancellationToken);
        await EndGuardAsync();

        var command = Arguments().Matches(await File.ReadAllTextAsync(Path.Combine(_data, "postmaster.opts"), cancellationToken)).Select(m => m.Value.Trim('"')).ToArray();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            // What the killed server's children still hold, the new one refuses to share: it ends, and is started again.
            _guard ??= Launch(command);
            if (await AnswersAsync(cancellationToken))
                return;
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new InvalidOperationException($"PostgreSQL did not come back within {Patience.TotalSeconds} s after SIG{signal}.");
            if (_guard.HasExited)
                await EndGuardAsync();
            await Task.Delay(50, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndGuardAsync();
        await _first.DisposeAsync();
    }

    private Process Launch(string[] command)
    {
        var start = _account.Start("/bin/sh", ["-c", Guard, "sh", .. command]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var guard = Process.Start(start)!;
        guard.BeginOutputReadLine();
        guard.BeginErrorReadLine();
        return guard;
    }

    private async Task EndGuardAsync()
    {
        if (_guard is not { } guard)
            return;
        _guard = null;
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+")]
    private static partial Regex Arguments();
}
