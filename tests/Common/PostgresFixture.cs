using Local.Postgres;
using Messaging.Hosting;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(Tests.Common.PostgresFixture))]

namespace Tests.Common;

/// <summary>A PostgreSQL for all tests of an assembly; each test makes a database of its own in it.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly Local.ScratchFolder _scratch = new();
    private PostgresServer? _server;

    public async ValueTask InitializeAsync()
    {
        var binaries = PostgresBinaries.Find() ?? await PostgresPackage.FetchAsync(cache: null, CancellationToken.None);
        _server = await PostgresServer.StartAsync(binaries, _scratch.Folder("postgres"), CancellationToken.None);
    }

    /// <summary>An empty database with the given scripts applied.</summary>
    public async Task<NpgsqlDataSource> NewDatabaseAsync(params IEnumerable<SqlScript> scripts)
    {
        var name = $"t{Guid.NewGuid():n}";
        await using (var admin = NpgsqlDataSource.Create(_server!.ConnectionString))
        await using (var create = admin.CreateCommand($"create database {name}"))
            await create.ExecuteNonQueryAsync();
        var database = Database.Open(new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name }.ConnectionString);
        await new SchemaMigrator(database, NullLogger<SchemaMigrator>.Instance).ApplyAsync(scripts, CancellationToken.None);
        return database;
    }

    /// <summary>How to reach a database with other means than its pool, which hides the password.</summary>
    public string ConnectionStringOf(NpgsqlDataSource database) => new NpgsqlConnectionStringBuilder(_server!.ConnectionString)
    {
        Database = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database,
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
        _scratch.Dispose();
    }
}
