using Messaging.Publishing;
using Npgsql;

namespace Benchmarks.Outbox.Relay;

/// <summary>
/// What the same table gives at most: statements that delete and return, and nobody who leases, keeps order or cares what becomes of the messages.
/// Each connection goes round its own lanes, so that they do not wait for each other and each page of the table is in memory once.
/// </summary>
internal static class BareDelete
{
    private const int Lanes = 16;

    public static Task RunAsync(NpgsqlDataSource database, PublishMessages publish, int batchSize, int connections) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(n => Task.Run(async () =>
        {
            await using var connection = await database.OpenConnectionAsync();
            var lanes = new Queue<int>(Enumerable.Range(0, Lanes).Where(lane => lane % connections == n));
            while (lanes.TryDequeue(out var lane))
            {
                var messages = await DeleteAsync(connection, lane, batchSize);
                await publish("benchmark", messages, CancellationToken.None);
                if (messages.Count == batchSize)
                    lanes.Enqueue(lane);
            }
        })));

    private static async Task<List<Outbound>> DeleteAsync(NpgsqlConnection connection, int lane, int batchSize)
    {
        await using var delete = new NpgsqlCommand(
            """
            delete from outbox where (destination, lane, created, ordinal, message_id) in (
              select destination, lane, created, ordinal, message_id from outbox
              where destination = 'benchmark' and lane = $1 order by created, ordinal, message_id limit $2)
            returning message_id, message_type, message_key, body
            """,
            connection);
        delete.Parameters.Add(new() { Value = (short)lane });
        delete.Parameters.Add(new() { Value = batchSize });
        var messages = new List<Outbound>(batchSize);
        await using var reader = await delete.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            messages.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        return messages;
    }
}
