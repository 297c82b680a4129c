using Npgsql;

namespace Benchmarks.Outbox.Space;

/// <summary>What this benchmark sets, and a busy database should: tables whose rows live for seconds must be vacuumed by count, soon, and without pauses.</summary>
internal static class Vacuuming
{
    private const string TableSettings =
        "autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 0";

    public static readonly string[] ServerSettings = ["autovacuum_naptime=5s"];

    public static async Task ApplyAsync(NpgsqlDataSource database)
    {
        foreach (var table in (string[])["outbox", "inbox"])
            await database.ExecuteAsync($"alter table {table} set ({TableSettings})");
    }

    public static void Print()
    {
        Console.WriteLine($"server: {string.Join(", ", ServerSettings)}, else PostgreSQL's defaults");
        Console.WriteLine($"alter table outbox, inbox set ({TableSettings})");
    }
}
