using Messaging.Publishing;
using Npgsql;

namespace Benchmarks.Outbox.Relay;

/// <summary>The recipe as somebody would write it who looks after every microsecond: a small key, a small index, one array for all that is marked.</summary>
internal static class TunedRecipe
{
    private const int BatchSize = 1_000;

    public static Task RunAsync(NpgsqlDataSource database, PublishMessages publish) =>
        Task.WhenAll(Enumerable.Range(0, Recipe.Workers).Select(_ => Task.Run(() => WorkAsync(database, publish))));

    private static async Task WorkAsync(NpgsqlDataSource database, PublishMessages publish)
    {
        await using var connection = await database.OpenConnectionAsync();
        while (true)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var (ids, messages) = await LockAsync(connection, transaction);
            if (ids.Count == 0)
                return;
            await publish("benchmark", messages, CancellationToken.None);
            await using var mark = new NpgsqlCommand("update tuned_outbox set processed_at = now() where id = any($1)", connection, transaction);
            mark.Parameters.Add(new() { Value = ids.ToArray() });
            await mark.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
    }

    private static async Task<(List<long> Ids, List<Outbound> Messages)> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var select = new NpgsqlCommand(
            $"""
            select id, message_id, type, message_key, payload from tuned_outbox
            where processed_at is null order by id limit {BatchSize} for update skip locked
            """,
            connection,
            transaction);
        var (ids, messages) = (new List<long>(BatchSize), new List<Outbound>(BatchSize));
        await using var reader = await select.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetInt64(0));
            messages.Add(new(reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)));
        }

        return (ids, messages);
    }
}
