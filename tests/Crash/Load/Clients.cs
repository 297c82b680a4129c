using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Crash.Load;

/// <summary>Guests who book, repeat what was not acknowledged, and cancel some of it afterwards.</summary>
/// <param name="address">Of the HTTP API.</param>
/// <param name="seed">Chooses what is booked and cancelled.</param>
/// <param name="deaths">How many have died: guests take their time while there are enough bookings for these.</param>
internal sealed class Clients(Uri address, int seed, Func<int> deaths) : IDisposable
{
    private const int BookingsPerDeath = 4;
    private const int First = 100;
    private const int Leisure = 6;
    private const int Guests = 6;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastPatience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentQueue<Wish> _wishes = [];
    private readonly Random[] _randoms = [.. Enumerable.Range(1, Guests).Select(i => new Random(unchecked(seed + (i * 7_919))))];
    private int _accepted;

    /// <summary>How many bookings were acknowledged.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyCollection<Wish> Wishes => _wishes;

    /// <summary>Books until it is stopped; then each guest waits for the answer to its last request.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var giveUp = new CancellationTokenSource();
        using var stopping = stop.Register(() => giveUp.CancelAfter(LastPatience));
        await Task.WhenAll(_randoms.Select(random => RunAsync(random, stop, giveUp.Token)));
    }

    public void Dispose() => _http.Dispose();

    private async Task RunAsync(Random random, CancellationToken stop, CancellationToken giveUp)
    {
        while (!stop.IsCancellationRequested)
        {
            var wish = new Wish(Guid.CreateVersion7());
            _wishes.Enqueue(wish);
            var booking = Booking(random).ToJsonString();
            wish.IsAccepted = await RepeatAsync(() => new(HttpMethod.Put, $"/bookings/{wish.Id}") { Content = new StringContent(booking, Encoding.UTF8, "application/json") }, giveUp);
            if (wish.IsAccepted)
                Interlocked.Increment(ref _accepted);
            if (wish.IsAccepted && random.Next(5) < 2)
            {
                if (random.Next(2) == 0)
                    await PauseAsync(TimeSpan.FromMilliseconds(random.Next(2_000)), stop);
                wish.IsCancelTried = true;
                wish.IsCancelAccepted = await RepeatAsync(() => new(HttpMethod.Delete, $"/bookings/{wish.Id}"), giveUp);
            }

            var pause = Pace * (0.5 + random.NextDouble());
            await PauseAsync(Accepted > First + (BookingsPerDeath * deaths()) ? pause * Leisure : pause, stop);
        }
    }

    /// <summary>Asks until the answer is 202; false where nobody has said so in the end.</summary>
    private async Task<bool> RepeatAsync(Func<HttpRequestMessage> request, CancellationToken giveUp)
    {
        while (!giveUp.IsCancellationRequested)
        {
            try
            {
                using var message = request();
                using var response = await _http.SendAsync(message, giveUp);
                if (response.StatusCode == HttpStatusCode.Accepted)
                    return true;
                if ((int)response.StatusCode < 500)
                    throw new InvalidOperationException($"{message.Method} {message.RequestUri} was answered with {(int)response.StatusCode}.");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Who knows whether it arrived.
            }

            await PauseAsync(Pause, giveUp);
        }

        return false;
    }

    // Most find a room; some ask for a hotel that has none.
    private static JsonObject Booking(Random random)
    {
        var first = random.Next(600);
        return new()
        {
            ["hotelId"] = random.Next(30) == 0 ? "hotel-full" : "hotel-1",
            ["roomType"] = "double",
            ["checkIn"] = Day(first),
            ["checkOut"] = Day(first + 1 + random.Next(3)),
            ["guest"] = new JsonObject { ["name"] = "Ada Lovelace", ["email"] = "ada@example.com" },
        };
    }

    private static string Day(int number) => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(10 + number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task PauseAsync(TimeSpan pause, CancellationToken stop) => await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
