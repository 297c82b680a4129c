using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Common;

namespace Messaging.Tests;

public sealed class SchemaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Migrations_run_once_however_often_and_from_however_many_places_they_are_started()
    {
        await using var database = await postgres.NewDatabaseAsync();
        Task<IReadOnlyList<string>> ApplyAsync() => new SchemaMigrator(database, NullLogger<SchemaMigrator>.Instance)
            .ApplyAsync(SchemaMigrator.LibraryScripts, TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ApplyAsync()));

        Assert.Empty(await ApplyAsync());
        Assert.Equal(SchemaMigrator.LibraryScripts.Count, await database.ScalarAsync<long>("select count(*) from schema_migrations"));
        Assert.Equal(0, await database.ScalarAsync<long>("select (select count(*) from inbox) + (select count(*) from outbox)"));
    }

    [Fact]
    public void No_statement_uses_what_Aurora_DSQL_lacks()
    {
        Assert.NotEmpty(DsqlRules.Sources("Messaging"));
        Assert.All(DsqlRules.Sources("Messaging"), source => Assert.DoesNotMatch(DsqlRules.Lacking(), source));
    }
}
