using static EndToEnd.Tests.BookingClient;

namespace EndToEnd.Tests;

/// <summary>Functions die in the middle of their work.</summary>
public sealed class CrashTests
{
    // A killed batch comes back at its visibility timeout, and what it had committed leaves with the relay's next sweep.
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Booking_killed_in_mid_batch_loses_nothing_and_doubles_nothing()
    {
        await using var local = await LocalProcess.StartAsync();
        using var client = new BookingClient(local.Address);
        var accepted = new List<Guid>();
        var kills = 0;

        for (var round = 0; round < 4; round++)
        {
            var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.BookAsync(Booking())));
            accepted.AddRange(ids);

            // In mid-batch: one booking of this round has just been decided, and others are on their way.
            await Task.WhenAny(ids.Take(3).Select(id => client.WaitAsync(id, r => r.Status == "confirmed", Recovery)));
            foreach (var process in local.Descendants("Booking.dll"))
            {
                await LocalProcess.SignalAsync(process, "KILL");
                kills++;
            }
        }

        var reports = await Task.WhenAll(accepted.Select(id => client.WaitAsync(id, r => r.IsConfirmedEverywhere, Recovery)));

        Assert.True(kills >= 4, $"{kills} kills");
        Assert.All(reports, BookingTests.EffectsHappenedOnce);
    }
}
