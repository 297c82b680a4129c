using Npgsql;
using NpgsqlTypes;

namespace Functions.Worker.Revenue;

/// <summary>The runs, parts and sums of the report, inside a transaction.</summary>
internal static class RevenueTable
{
    /// <summary>DSQL changes 3,000 rows in a transaction at most: a split writes parts and outbox, and deletes the parts and sums of the run before.</summary>
    public const int MostHotels = 500;

    /// <summary>False where another run has taken its place, or it is split already.</summary>
    public static async Task<bool> LockUnsplitAsync(NpgsqlTransaction transaction, string month, Guid run, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, "select run_id = $2 and state = 'running' and parts is null from revenue_runs where month = $1 for update", month, run);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>One more than there may be tells that there are too many.</summary>
    public static async Task<IReadOnlyList<string>> HotelsAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, $"select id from hotels order by id limit {MostHotels + 1}");
        var hotels = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            hotels.Add(reader.GetString(0));
        return hotels;
    }

    /// <summary>Writes the parts down, and forgets those of earlier runs.</summary>
    public static async Task AddPartsAsync(NpgsqlTransaction transaction, string month, Guid run, IReadOnlyList<string> hotels, CancellationToken cancellationToken)
    {
        await ExecuteAsync(transaction, "delete from revenue_sums where month = $1 and run_id <> $2", cancellationToken, month, run);
        await ExecuteAsync(transaction, "delete from revenue_parts where month = $1 and run_id <> $2", cancellationToken, month, run);
        await using (var insert = Command(
            transaction,
            """
            insert into revenue_parts (month, run_id, part, hotel_id, done)
            select $1, $2, n.part, n.hotel_id, false from unnest($3, $4) as n (part, hotel_id)
            """,
            month,
            run))
        {
            insert.Parameters.Add(new() { Value = Enumerable.Range(1, hotels.Count).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
            insert.Parameters.Add(new() { Value = hotels.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await ExecuteAsync(transaction, "update revenue_runs set parts = $2 where month = $1", cancellationToken, month, hotels.Count);
    }

    /// <summary>False where the part is done already, or forgotten.</summary>
    public static async Task<bool> TryMarkAsync(NpgsqlTransaction transaction, SumRevenue part, CancellationToken cancellationToken) => await ExecuteAsync(
        transaction,
        "update revenue_parts set done = true where month = $1 and run_id = $2 and part = $3 and not done",
        cancellationToken,
        part.Month,
        part.RunId,
        part.Part) == 1;

    /// <summary>Adds up what the books say a hotel has earned, in each of its currencies.</summary>
    public static Task SumAsync(NpgsqlTransaction transaction, SumRevenue part, RevenueMonth month, CancellationToken cancellationToken) => ExecuteAsync(
        transaction,
        """
        insert into revenue_sums (month, run_id, part, currency, amount)
        select $1, $2, $3, l.currency, sum(l.credit - l.debit)
        from ledger l where l.account = $4 and l.posted >= $5 and l.posted < $6
        group by l.currency
        """,
        cancellationToken,
        part.Month,
        part.RunId,
        part.Part,
        $"revenue:{part.HotelId}",
        month.From,
        month.To);

    /// <summary>Counts a part that is done; last in its transaction, for all parts change this row. True where it was the last part, null where its run has been replaced.</summary>
    public static async Task<bool?> CountAsync(NpgsqlTransaction transaction, string month, Guid run, CancellationToken cancellationToken)
    {
        await using var command = Command(
            transaction,
            "update revenue_runs set parts_done = parts_done + 1 where month = $1 and run_id = $2 and state = 'running' returning parts_done = parts",
            month,
            run);
        return await command.ExecuteScalarAsync(cancellationToken) as bool?;
    }

    private static async Task<int> ExecuteAsync(NpgsqlTransaction transaction, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(transaction, sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
