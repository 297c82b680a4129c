using Npgsql;

namespace Crash.Judging;

/// <summary>Waits until nothing is on its way any more: no message in a queue, no row in the outbox, no group parked.</summary>
internal sealed class Quiet(Cloud cloud, NpgsqlDataSource database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>False where something is still there after six minutes.</summary>
    /// <param name="say">Is told every ten seconds what is awaited.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<bool> ComesAsync(Action<string> say, CancellationToken stop)
    {
        // Twice: between two places a message is in neither.
        var quiet = 0;
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Look)
        {
            var left = await LeftAsync(stop);
            quiet = left.Count == 0 ? quiet + 1 : 0;
            if (quiet == 2)
                return true;
            if (waited.TotalSeconds % 10 == 0 && left.Count > 0)
                say($"waiting for {string.Join(", ", left)}");
            await Task.Delay(Look, stop);
        }

        say($"still there: {string.Join(", ", await LeftAsync(stop))}");
        return false;
    }

    private async Task<IReadOnlyList<string>> LeftAsync(CancellationToken stop)
    {
        var left = (await cloud.DepthsAsync()).Where(q => q is { Messages: > 0, IsDeadLetters: false }).Select(q => $"{q.Messages} in {q.Name}").ToList();
        await using var command = database.CreateCommand("select 'outbox', count(*) from outbox union all select 'parked groups', count(*) from parked_group");
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            if (reader.GetInt64(1) > 0)
                left.Add($"{reader.GetInt64(1)} in {reader.GetString(0)}");
        }

        return left;
    }
}
