using System.Diagnostics;
using Npgsql;

namespace Benchmarks.Outbox.Space;

/// <summary>Writes rows of the outbox's own shape at a rate, a hundred a transaction, all of them left to the relay.</summary>
internal static class Traffic
{
    private const int Batch = 100;

    public static async Task WriteAsync(NpgsqlDataSource database, int rows, int rate)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var insert = new NpgsqlCommand(
            $$$"""
            insert into outbox (destination, lane, created, ordinal, message_id, message_key, message_type, body, available, attempts)
            select 'benchmark', i * 7919 % 10000 % 16, clock_timestamp(), i - $1, lpad(to_hex(i), 8, '0') || '-0000-7000-8000-' || lpad((i * 7919 % 10000)::text, 12, '0'),
                   'key-' || i * 7919 % 10000, 'benchmark.happened.v1',
                   '{"specversion":"1.0","type":"benchmark.happened.v1","source":"/benchmark","data":{"text":"' || repeat('x', 400) || '"}}', clock_timestamp(), 0
            from generate_series($1, $1 + {{{Batch}}} - 1) i
            """,
            connection);
        var from = new NpgsqlParameter<long>();
        insert.Parameters.Add(from);
        await insert.PrepareAsync();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < rows; i += Batch)
        {
            from.TypedValue = i;
            await insert.ExecuteNonQueryAsync();
            var early = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.FromMilliseconds(5))
                await Task.Delay(early);
        }
    }
}
