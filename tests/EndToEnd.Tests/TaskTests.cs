using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using static EndToEnd.Tests.BookingClient;

namespace EndToEnd.Tests;

/// <summary>What runs through the queues beside a booking: questions with their replies, and a report in many parts.</summary>
public sealed class TaskTests(SharedEnvironment environment) : IDisposable
{
    private readonly BookingClient _client = new(environment.Local.Address);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_free_is_asked_through_a_queue_and_a_booking_takes_one_of_it()
    {
        var (first, last) = (Day(500), Day(502));
        var before = await FreeAsync("hotel-1", "suite", first, last);

        await _client.WaitAsync(await _client.BookAsync(Booking(roomType: "suite", firstDay: 501, nights: 1)), r => r.Status == "confirmed");
        var after = await FreeAsync("hotel-1", "suite", first, last);

        Assert.Equal((100, 520m), ((int)before["rooms"]!, (decimal)before["total"]!["amount"]!));
        Assert.Equal(99, (int)after["rooms"]!);
    }

    [Fact]
    public async Task Questions_asked_at_once_are_all_answered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => FreeAsync("hotel-1", "single", Day(600 + i), Day(601 + i))));

        Assert.Equal(Enumerable.Range(0, 6).Select(i => Day(600 + i)), answers.Select(a => (string)a["checkIn"]!));
    }

    [Fact]
    public async Task A_question_that_makes_no_sense_is_refused_and_one_about_nothing_is_not_found()
    {
        using var wrong = await _client.Http.GetAsync("/availability?hotelId=hotel-1&checkIn=tomorrow", Ct);
        using var nowhere = await _client.Http.GetAsync($"/availability?hotelId=nowhere&roomType=double&checkIn={Day(0)}&checkOut={Day(1)}", Ct);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (wrong.StatusCode, nowhere.StatusCode));
        Assert.Equal(3, JsonNode.Parse(await wrong.Content.ReadAsStringAsync(Ct))!["errors"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_revenue_of_the_month_is_added_up_hotel_by_hotel()
    {
        var month = DateTime.UtcNow.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var id = await _client.BookAsync(Booking());
        await _client.WaitAsync(id, r => r.Ledger.Count >= 2);

        using var asked = await _client.Http.PostAsync($"/reports/revenue/{month}", null, Ct);
        using var again = await _client.Http.PostAsync($"/reports/revenue/{month}", null, Ct);
        var report = await ReportAsync(month);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (asked.StatusCode, again.StatusCode));
        Assert.Equal((3, 3), ((int)report["parts"]!["done"]!, (int)report["parts"]!["total"]!));
        var hotels = report["hotels"]!.AsArray().ToDictionary(h => (string)h!["hotelId"]!, h => h!["totals"]!.AsArray());
        Assert.Equal(["hotel-1", "hotel-2", "hotel-full"], hotels.Keys.Order());
        Assert.Equal("EUR", (string?)Assert.Single(hotels["hotel-1"])!["currency"]);
        Assert.InRange((decimal)hotels["hotel-1"][0]!["amount"]!, 240m, decimal.MaxValue);
        Assert.Empty(hotels["hotel-full"]);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Asks again where a busy machine had no answer in time, as the API tells its clients to.</summary>
    private async Task<JsonNode> FreeAsync(string hotel, string roomType, string checkIn, string checkOut)
    {
        for (var patience = 10; ; patience--)
        {
            using var response = await _client.Http.GetAsync($"/availability?hotelId={hotel}&roomType={roomType}&checkIn={checkIn}&checkOut={checkOut}", Ct);
            var body = await response.Content.ReadAsStringAsync(Ct);
            if (response.StatusCode == HttpStatusCode.GatewayTimeout && patience > 0)
                continue;
            Assert.True(response.StatusCode == HttpStatusCode.OK, body);
            return JsonNode.Parse(body)!;
        }
    }

    private async Task<JsonNode> ReportAsync(string month)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var report = JsonNode.Parse(await _client.Http.GetStringAsync($"/reports/revenue/{month}", deadline.Token))!;
            if ((string?)report["status"] == "done")
                return report;
            await Task.Delay(20, deadline.Token);
        }
    }
}
