using System.Globalization;
using System.Text;
using Npgsql;

namespace Functions.Worker.Revenue;

/// <summary>Puts the parts together: a table of hotels, currencies and amounts, and the run is done.</summary>
internal sealed class RevenueReport(NpgsqlDataSource database, Documents documents)
{
    public async Task<Verdict> JoinAsync(Received<JoinRevenue> message, CancellationToken cancellationToken)
    {
        var (month, run) = (message.Data.Month, message.Data.RunId);
        var key = $"reports/revenue/{month}/{run}.csv";

        // Before it writes: a task that comes again when another run has begun would find no parts, and empty the document of the one that is done.
        if (!await IsCompleteAsync(month, run, cancellationToken))
            return Verdict.Discard("The report is done, or another run of it has begun.");
        await documents.PutAsync(key, await WriteAsync(month, run, cancellationToken), "text/csv; charset=utf-8", cancellationToken);

        await using var command = database.CreateCommand(
            """
            update revenue_runs set state = 'done', document = $3, finished = clock_timestamp()
            where month = $1 and run_id = $2 and state = 'running' and parts_done = parts
            """);
        foreach (var value in (ReadOnlySpan<object>)[month, run, key])
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1
            ? Verdict.Done
            : Verdict.Discard("The report is done, or another run of it has begun.");
    }

    private async Task<bool> IsCompleteAsync(string month, Guid run, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select 1 from revenue_runs where month = $1 and run_id = $2 and state = 'running' and parts_done = parts");
        command.Parameters.Add(new() { Value = month });
        command.Parameters.Add(new() { Value = run });
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private async Task<byte[]> WriteAsync(string month, Guid run, CancellationToken cancellationToken)
    {
        var text = new StringBuilder("hotel,currency,amount\r\n");
        await using var command = database.CreateCommand(
            """
            select p.hotel_id, coalesce(s.currency, ''), coalesce(s.amount, 0)
            from revenue_parts p left join revenue_sums s on s.month = p.month and s.run_id = p.run_id and s.part = p.part
            where p.month = $1 and p.run_id = $2
            order by p.part, s.currency
            """);
        command.Parameters.Add(new() { Value = month });
        command.Parameters.Add(new() { Value = run });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            text.Append(CultureInfo.InvariantCulture, $"{Field(reader.GetString(0))},{Field(reader.GetString(1))},{reader.GetDecimal(2):0.00}\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // RFC 4180.
    private static string Field(string value) => value.AsSpan().ContainsAny("\",\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
