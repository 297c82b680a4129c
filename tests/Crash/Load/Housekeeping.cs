using System.Text;
using Npgsql;

namespace Crash.Load;

/// <summary>Gives the relay's function its ticks, more often than its schedule, and old rows of the inbox to delete.</summary>
internal sealed class Housekeeping(HttpClient local, NpgsqlDataSource database)
{
    private const string Tick = """{"version":"0","id":"tick","detail-type":"Scheduled Event","source":"aws.events","time":"2026-01-01T00:00:00Z","resources":[],"detail":{}}""";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1.5);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var insert = database.CreateCommand(
                    """
                    insert into inbox (consumer, message_id, received, done)
                    select 'long ago', gen_random_uuid()::text, clock_timestamp() - interval '60 days', true from generate_series(1, 20)
                    """);
                await insert.ExecuteNonQueryAsync(stop);
                using var content = new StringContent(Tick, Encoding.UTF8, "application/json");
                using var answer = await local.PostAsync("/local/functions/OutboxRelay/invocations", content, stop);
            }
            catch (Exception e) when (e is NpgsqlException or HttpRequestException or OperationCanceledException)
            {
                // The database or the function was killed: so it is meant.
            }

            await Task.Delay(Period, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
