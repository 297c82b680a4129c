using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>The API as its users call it.</summary>
internal sealed class BookingClient(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public HttpClient Http { get; } = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>A booking of two nights that begins in 100 days, or as told: days are counted from there.</summary>
    public static JsonObject Booking(string hotel = "hotel-1", string roomType = "double", int firstDay = 0, int nights = 2) => new()
    {
        ["hotelId"] = hotel,
        ["roomType"] = roomType,
        ["checkIn"] = Day(firstDay),
        ["checkOut"] = Day(firstDay + nights),
        ["guest"] = new JsonObject { ["name"] = "Ada Lovelace", ["email"] = "ada@example.com" },
    };

    public static string Day(int number) => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(100 + number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Books, and returns the id of the booking that was accepted.</summary>
    public async Task<Guid> BookAsync(JsonObject booking)
    {
        using var response = await Http.PostAsync("/bookings", Json(booking));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, body);
        var json = JsonNode.Parse(body)!;
        Assert.Equal("pending", (string?)json["status"]);
        Assert.Equal($"/bookings/{json["id"]}", response.Headers.Location?.ToString());
        return (Guid)json["id"]!;
    }

    public async Task PutAsync(Guid id, JsonObject booking)
    {
        using var response = await Http.PutAsync($"/bookings/{id}", Json(booking));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    public async Task CancelAsync(Guid id)
    {
        using var response = await Http.DeleteAsync($"/bookings/{id}");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    public async Task<JsonNode> GetAsync(Guid id) => (await Http.GetFromJsonAsync($"/bookings/{id}", NodeJson.Default.JsonNode))!;

    /// <summary>Everything that happened because of a booking, once it is what the test waits for.</summary>
    public async Task<BookingReport> WaitAsync(Guid id, Func<BookingReport, bool> until, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Patience);
        BookingReport? report = null;
        try
        {
            while (true)
            {
                using var response = await Http.GetAsync($"/local/bookings/{id}", deadline.Token);
                if (response.IsSuccessStatusCode)
                {
                    report = new(JsonNode.Parse(await response.Content.ReadAsStringAsync(deadline.Token))!);
                    if (until(report))
                        return report;
                }

                await Task.Delay(20, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Assert.Fail($"What was waited for did not happen. The last report: {report?.Json.ToJsonString() ?? "none"}");
            throw;
        }
    }

    public static StringContent Json(JsonNode json) => new(json.ToJsonString(), Encoding.UTF8, "application/json");

    public void Dispose() => Http.Dispose();
}
