using System.Globalization;
using System.Text;
using Messaging.Publishing;
using Npgsql;

namespace Benchmarks.Outbox.Relay;

/// <summary>
/// The well-known recipe, as .NET teams find it (M. Jovanović, "Scaling the Outbox Pattern"; its statements are quoted in
/// github.com/19balazs86/PlayingWithDapper, OutboxProcessorWorker/Database): workers lock what nobody else has locked, publish it, mark it by a list of
/// values, and commit. Its index on what is not processed covers the content.
/// </summary>
internal static class Recipe
{
    public const int Workers = 5;
    private const int BatchSize = 1_000;
    private static readonly string Mark = MarkOf(BatchSize);

    public static Task RunAsync(NpgsqlDataSource database, PublishMessages publish) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(database, publish))));

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
            await using var mark = new NpgsqlCommand(ids.Count == BatchSize ? Mark : MarkOf(ids.Count), connection, transaction);
            foreach (var id in ids)
            {
                mark.Parameters.Add(new() { Value = id });
                mark.Parameters.Add(new() { Value = DateTime.UtcNow });
                mark.Parameters.Add(new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
            }

            await mark.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
    }

    private static async Task<(List<Guid> Ids, List<Outbound> Messages)> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var select = new NpgsqlCommand(
            $"""
            select id, type, content::text from recipe_outbox
            where processed_on_utc is null order by occurred_on_utc limit {BatchSize} for update skip locked
            """,
            connection,
            transaction);
        var (ids, messages) = (new List<Guid>(BatchSize), new List<Outbound>(BatchSize));
        await using var reader = await select.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetGuid(0));
            messages.Add(new(ids[^1].ToString(), reader.GetString(1), "", reader.GetString(2)));
        }

        return (ids, messages);
    }

    private static string MarkOf(int rows)
    {
        var values = new StringBuilder();
        for (var i = 0; i < rows; i++)
            values.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}(${(3 * i) + 1}, ${(3 * i) + 2}, ${(3 * i) + 3})");
        return $"""
            update recipe_outbox set processed_on_utc = v.processed_on_utc, error = v.error
            from (values {values}) as v (id, processed_on_utc, error) where recipe_outbox.id = v.id
            """;
    }
}
