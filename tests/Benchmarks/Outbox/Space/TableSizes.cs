using System.Diagnostics;
using Npgsql;

namespace Benchmarks.Outbox.Space;

/// <summary>What the tables took, with indexes and everything else, at times during a run.</summary>
internal sealed class TableSizes
{
    private static readonly string[] Tables = ["outbox", "outbox_lease", "outbox_parked", "inbox", "inbox_attempt"];
    private readonly List<double> _sums = [];

    /// <summary>Prints a line at each interval, until it is stopped.</summary>
    public static async Task<TableSizes> SampleAsync(NpgsqlDataSource database, TimeSpan interval, Func<int> count, CancellationToken stop)
    {
        var sizes = new TableSizes();
        var start = Stopwatch.GetTimestamp();
        Console.WriteLine($"{"seconds",8}{"rows through",14}{"waiting",10}{string.Concat(Tables.Select(t => $"{t,15}"))}{"MB in all",12}");
        await using var select = database.CreateCommand("select pg_total_relation_size(n::regclass) / 1048576.0::float8 from unnest($1) n");
        select.Parameters.Add(new() { Value = Tables });
        await using var waiting = database.CreateCommand("select count(*) from outbox");
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(interval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var row = new List<double>();
            await using (var reader = await select.ExecuteReaderAsync(CancellationToken.None))
            {
                while (await reader.ReadAsync(CancellationToken.None))
                    row.Add(reader.GetDouble(0));
            }

            sizes._sums.Add(row.Sum());
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var left = await waiting.ExecuteScalarAsync(CancellationToken.None);
            Console.WriteLine($"{seconds,8:0}{count(),14:N0}{left,10:N0}{string.Concat(row.Select(mb => $"{mb,15:0.0}"))}{row.Sum(),12:0.0}");
        }

        return sizes;
    }

    /// <summary>Flat is what does not grow from one quarter of the run to the next.</summary>
    public void Print()
    {
        var quarters = _sums.Chunk((_sums.Count + 3) / 4).Select(q => $"{q.Max():0.0}");
        Console.WriteLine($"largest: {_sums.Max():0.0} MB (to stay under: 200); in each quarter of the run: {string.Join(", ", quarters)} MB");
    }
}
