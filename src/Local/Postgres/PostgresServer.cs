using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Local.Postgres;

/// <summary>A PostgreSQL of our own, thrown away at the end. It stops by itself when this process dies, however it dies.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(3);

    // The shell waits for the end of its input, which comes when we close it or die: then it ends the server and removes the data.
    private const string Guard =
        """
        trap '' INT TERM HUP
        data="$1"; shift
        "$@" &
        server=$!
        cat >/dev/null
        kill -INT "$server" 2>/dev/null
        wait "$server"
        rm -rf "$data"
        """;

    private readonly Process _guard;

    private PostgresServer(Process guard, string connectionString)
    {
        _guard = guard;
        ConnectionString = connectionString;
    }

    /// <summary>How to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts one.</summary>
    /// <param name="binaries">Its programs.</param>
    /// <param name="folder">An empty folder for its data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="settings">Other settings than those below: <c>fsync=on</c>.</param>
    /// <exception cref="CannotStartException">It did not start.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresBinaries binaries, string folder, CancellationToken cancellationToken, params string[] settings)
    {
        var account = UnixAccount.ForPostgres();
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var passwordFile = Path.Combine(folder, "password");
        var data = Path.Combine(folder, "data");
        await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await account.OwnAsync(passwordFile, cancellationToken);
        await account.OwnAsync(folder, cancellationToken);

        await InitializeAsync(account.Start(
            binaries.Program("initdb"),
            "-D", data, "-U", "postgres", $"--pwfile={passwordFile}", "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"), cancellationToken);
        File.Delete(passwordFile);

        var port = FreePort();
        var start = account.Start(
            "/bin/sh", "-c", Guard, "sh", data, binaries.Program("postgres"), "-D", data, "-p", $"{port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "shared_buffers=32MB",

            // The data is thrown away with the process, so nothing needs to outlive a power cut.
            "-c", "fsync=off", "-c", "full_page_writes=off",
            "-c", "logging_collector=off", "-c", "log_min_messages=fatal");
        foreach (var setting in settings)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var guard = Process.Start(start)!;
        guard.BeginOutputReadLine();
        guard.BeginErrorReadLine();
        var server = new PostgresServer(guard, $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres");
        try
        {
            await WaitAsync(server, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(StopTime);
        try
        {
            _guard.StandardInput.Close();
            await _guard.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _guard.Kill(entireProcessTree: true);
        }

        _guard.Dispose();
    }

    private static async Task InitializeAsync(ProcessStartInfo initdb, CancellationToken cancellationToken)
    {
        initdb.RedirectStandardOutput = initdb.RedirectStandardError = true;
        var last = "";
        if (await ChildProcess.RunAsync(initdb, line => last = line, cancellationToken) != 0)
            throw new CannotStartException($"PostgreSQL could not make a database ({last}): give a server with --database.");
    }

    private static async Task WaitAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false;Timeout=5");
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (Stopwatch.GetElapsedTime(started) > StartTime)
            {
                throw new CannotStartException($"PostgreSQL did not answer within {StartTime.TotalSeconds} s: give a server with --database.", e);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
