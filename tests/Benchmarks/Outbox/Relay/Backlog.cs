using Npgsql;

namespace Benchmarks.Outbox.Relay;

/// <summary>Rows that wait, the same for everybody: in the order of their commits, ten a transaction, each key's 10,000 rows apart.</summary>
internal static class Backlog
{
    public const int Keys = 10_000;

    /// <summary>The id says which key it is (8 digits) and which of all messages (12 digits), in the length of a UUID.</summary>
    private const string Message =
        """
        select i, i * 7919 % 10000 as key, lpad((i * 7919 % 10000)::text, 8, '0') || '-0000-7000-8000-' || lpad(i::text, 12, '0') as message_id,
               '{"specversion":"1.0","type":"benchmark.happened.v1","source":"/benchmark","data":{"text":"' || repeat('x', 400) || '"}}' as body
        from generate_series(1::bigint, $1::bigint) i
        """;

    /// <summary>In the library's outbox.</summary>
    public static async Task FillOutboxAsync(NpgsqlDataSource database, int rows)
    {
        await database.ExecuteAsync(
            $"""
            insert into outbox (destination, lane, created, ordinal, message_id, message_key, message_type, body, available, attempts)
            select 'benchmark', key % 16, now() - interval '1 hour' + (i / 10) * interval '1 millisecond', i % 10, message_id, 'key-' || key,
                   'benchmark.happened.v1', body, now() - interval '30 minutes', 0
            from ({Message}) m
            """,
            rows);
        await SettleAsync(database, "outbox");
    }

    /// <summary>In the table of the recipe.</summary>
    public static async Task FillRecipeAsync(NpgsqlDataSource database, int rows)
    {
        await database.ExecuteAsync(
            """
            create table recipe_outbox (
              id uuid primary key, type varchar(255) not null, content jsonb not null, occurred_on_utc timestamptz not null, processed_on_utc timestamptz, error text)
            """);
        await database.ExecuteAsync("create index on recipe_outbox (occurred_on_utc, processed_on_utc) include (id, type, content) where processed_on_utc is null");
        await database.ExecuteAsync(
            $"""
            insert into recipe_outbox (id, type, content, occurred_on_utc)
            select message_id::uuid, 'benchmark.happened.v1', body::jsonb, now() - interval '1 hour' + (i / 10) * interval '1 millisecond' from ({Message}) m order by i
            """,
            rows);
        await SettleAsync(database, "recipe_outbox");
    }

    /// <summary>In the table of the tuned recipe.</summary>
    public static async Task FillTunedRecipeAsync(NpgsqlDataSource database, int rows)
    {
        await database.ExecuteAsync(
            """
            create table tuned_outbox (
              id bigint generated always as identity primary key, created timestamptz not null, message_id text not null, message_key text not null,
              type text not null, payload text not null, processed_at timestamptz)
            """);
        await database.ExecuteAsync("create index on tuned_outbox (id) where processed_at is null");
        await database.ExecuteAsync(
            $"""
            insert into tuned_outbox (created, message_id, message_key, type, payload)
            select now() - interval '1 hour' + (i / 10) * interval '1 millisecond', message_id, 'key-' || key, 'benchmark.happened.v1', body from ({Message}) m order by i
            """,
            rows);
        await SettleAsync(database, "tuned_outbox");
    }

    /// <summary>Nobody pays for what filling left behind.</summary>
    private static async Task SettleAsync(NpgsqlDataSource database, string table)
    {
        await database.ExecuteAsync($"vacuum (analyze) {table}");
        await database.ExecuteAsync("checkpoint");
    }
}
