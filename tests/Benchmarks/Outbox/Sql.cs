using Npgsql;

namespace Benchmarks.Outbox;

internal static class Sql
{
    /// <summary>Runs a statement with the values $1, $2, …</summary>
    public static async Task<int> ExecuteAsync(this NpgsqlDataSource database, string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync();
    }
}
