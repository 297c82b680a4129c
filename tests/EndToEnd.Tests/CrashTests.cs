using System.Text.Json.Nodes;
using Local;
using Local.Postgres;
using Npgsql;
using Tests.Common;
using static EndToEnd.Tests.BookingClient;

namespace EndToEnd.Tests;

/// <summary>Functions die in the middle of their work.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    // A killed batch comes back at its visibility timeout, and what it had committed leaves with the relay's next sweep.
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(4);
    private readonly ScratchFolder _scratch = new();
    private LocalDatabase _database = null!;
    private LocalProcess _local = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await LocalDatabase.OpenAsync(null, _scratch, _ => { }, CancellationToken.None);
        _local = await LocalProcess.StartAsync("--database", _database.ConnectionString);
    }

    [Fact]
    public async Task Booking_killed_in_mid_batch_loses_nothing_and_doubles_nothing()
    {
        using var client = new BookingClient(_local.Address);
        var accepted = new List<Guid>();
        var kills = 0;

        for (var round = 0; round < 4; round++)
        {
            var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.BookAsync(Booking())));
            accepted.AddRange(ids);

            // In mid-batch: one booking of this round has just been decided, and others are on their way.
            await Task.WhenAny(ids.Take(3).Select(id => client.WaitAsync(id, r => r.Status == "confirmed", Recovery)));
            foreach (var process in _local.Descendants("Booking.dll"))
            {
                await LocalProcess.SignalAsync(process, "KILL");
                kills++;
            }
        }

        await Task.WhenAll(accepted.Select(id => client.WaitAsync(id, r => r.IsConfirmedEverywhere, Recovery)));

        // Doubles could come late: only when nothing is on its way any more is the account final.
        await QuietAsync();
        var reports = await Task.WhenAll(accepted.Select(id => client.WaitAsync(id, _ => true)));
        Assert.True(kills >= 4, $"{kills} kills");
        Assert.All(reports, BookingTests.EffectsHappenedOnce);
    }

    public async ValueTask DisposeAsync()
    {
        await _local.DisposeAsync();
        await _database.DisposeAsync();
        _scratch.Dispose();
    }

    /// <summary>Waits until every queue and the outbox are empty.</summary>
    private async Task QuietAsync()
    {
        using var deadline = new CancellationTokenSource(Recovery);
        using var http = new HttpClient();
        await using var database = NpgsqlDataSource.Create(_database.ConnectionString);
        while (await WaitingInOutboxAsync(database, deadline.Token) + await WaitingInQueuesAsync(http, _local.CloudAddress, deadline.Token) > 0)
            await Task.Delay(200, deadline.Token);
    }

    private static async Task<long> WaitingInOutboxAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select count(*) from outbox");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<long> WaitingInQueuesAsync(HttpClient http, Uri sqs, CancellationToken cancellationToken)
    {
        var waiting = 0L;
        foreach (var queue in (await RawSqs.CallAsync(http, sqs, "ListQueues", [], cancellationToken))["QueueUrls"]!.AsArray())
        {
            var request = new JsonObject { ["QueueUrl"] = (string)queue!, ["AttributeNames"] = new JsonArray("All") };
            var attributes = (await RawSqs.CallAsync(http, sqs, "GetQueueAttributes", request, cancellationToken))["Attributes"]!;
            waiting += ((string[])["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"])
                .Sum(name => long.Parse((string)attributes[name]!, System.Globalization.CultureInfo.InvariantCulture));
        }

        return waiting;
    }
}
