using Npgsql;

namespace Local.Postgres;

/// <summary>A PostgreSQL that somebody else runs.</summary>
internal static class ExternalDatabase
{
    /// <summary>Makes sure it answers. The connection string, which may hold a password, is never quoted.</summary>
    /// <exception cref="CannotStartException">It does not.</exception>
    public static async Task<string> CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            return connectionString;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new CannotStartException("--database is not a connection string as Npgsql reads it: write Host=127.0.0.1;Port=5432;Username=…;Password=…;Database=…", e);
        }
        catch (NpgsqlException e)
        {
            var at = new NpgsqlConnectionStringBuilder(connectionString);
            var reason = e is PostgresException refused ? refused.MessageText : e.Message;
            throw new CannotStartException($"PostgreSQL at {at.Host}:{at.Port} does not let us in ({reason}): start it and check --database, or leave the option out.", e);
        }
    }
}
