using Messaging.Consuming;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Schema;

/// <summary>
/// Brings a database up to date: each script once, each statement in a transaction of its own, as DSQL demands. The scripts say "if not exists",
/// so that a run that was cut off, or two at once, do no harm.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="logger">Gets a line for each script that is applied.</param>
public sealed class SchemaMigrator(NpgsqlDataSource database, ILogger<SchemaMigrator> logger)
{
    private const int MostAttempts = 10;

    private const string CreateJournal =
        "create table if not exists schema_migrations (name text not null, applied timestamptz not null, primary key (name))";

    /// <summary>The library's own scripts: inbox and outbox.</summary>
    public static IReadOnlyList<SqlScript> LibraryScripts { get; } = SqlScript.Embedded(typeof(SchemaMigrator).Assembly);

    /// <summary>Applies what has not been applied.</summary>
    /// <param name="scripts">All scripts, in order.</param>
    /// <param name="cancellationToken">Stops between statements.</param>
    /// <returns>The names of the scripts that were new.</returns>
    /// <exception cref="PostgresException">A statement failed.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(IEnumerable<SqlScript> scripts, CancellationToken cancellationToken)
    {
        await ExecuteAsync(CreateJournal, cancellationToken).ConfigureAwait(false);
        var applied = await AppliedAsync(cancellationToken).ConfigureAwait(false);
        var added = new List<string>();
        foreach (var script in scripts.Where(s => !applied.Contains(s.Name)))
        {
            foreach (var statement in script.Statements)
                await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            await using var record = database.CreateCommand("insert into schema_migrations (name, applied) values ($1, clock_timestamp()) on conflict (name) do nothing");
            record.AddValues(script.Name);
            await record.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            logger.MigrationApplied(script.Name);
            added.Add(script.Name);
        }

        return added;
    }

    private async Task<HashSet<string>> AppliedAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await using var command = database.CreateCommand("select name from schema_migrations");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            names.Add(reader.GetString(0));
        return names;
    }

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = database.CreateCommand(statement);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (PostgresException e) when (IsRace(e) && attempt < MostAttempts)
            {
                await Task.Delay(Backoff.Next(attempt, TimeSpan.FromMilliseconds(50)), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // "If not exists" looks first and creates then: two runs at once can meet in between, in the catalog.
    private static bool IsRace(PostgresException e) => e.SqlState
        is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject
        or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.InternalError;
}
