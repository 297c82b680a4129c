using System.Net;
using System.Text.Json.Nodes;
using static EndToEnd.Tests.BookingClient;

namespace EndToEnd.Tests;

/// <summary>A booking goes in, and e-mail, finance and partner hear of it.</summary>
public sealed class BookingTests(SharedEnvironment environment) : IDisposable
{
    private readonly BookingClient _client = new(environment.Local.Address);

    [Fact]
    public async Task A_booking_is_confirmed_and_everybody_hears_of_it_once()
    {
        var id = await _client.BookAsync(Booking());

        var report = await _client.WaitAsync(id, r => r.IsConfirmedEverywhere);

        Assert.Equal(["Your booking is confirmed"], report.Mails);
        Assert.Equal([("receivables", 240m, 0m), ("revenue:hotel-1", 0m, 240m)], report.Ledger);
        Assert.Equal("confirmed", Assert.Single(report.PartnerCalls).Status);
        var booking = await _client.GetAsync(id);
        Assert.Equal("confirmed", (string?)booking["status"]);
        Assert.Equal(240.00m, (decimal)booking["total"]!["amount"]!);
        Assert.Equal("EUR", (string?)booking["total"]!["currency"]);
        Assert.Null(booking["reason"]);
    }

    [Fact]
    public async Task The_invoice_of_a_confirmed_booking_can_be_downloaded()
    {
        var id = await _client.BookAsync(Booking());
        using var early = await _client.Http.GetAsync($"/local/bookings/{Guid.NewGuid()}/invoice", TestContext.Current.CancellationToken);

        var invoice = (await _client.WaitAsync(id, r => r.Invoice is not null)).Invoice!;
        using var download = await _client.Http.GetAsync((string)invoice["link"]!, TestContext.Current.CancellationToken);
        var content = await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        Assert.Equal($"invoices/{id}.pdf", (string)invoice["key"]!);
        Assert.Equal((long)invoice["size"]!, content.Length);
        Assert.Equal("application/pdf", download.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"Number {id}", System.Text.Encoding.Latin1.GetString(content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_tells_every_step()
    {
        var id = await _client.BookAsync(Booking());

        // A step is told when its function has answered, which is after its effect can be seen.
        var report = await _client.WaitAsync(id, r => r.Steps.Count >= 6);

        Assert.Equal("accepted by BookingApi", report.Steps[0]);
        Assert.Contains("booking.place.v1 → Booking", report.Steps);
        Assert.Contains("booking.confirmed.v1 → Email", report.Steps);
        Assert.Contains("booking.confirmed.v1 → Finance", report.Steps);
        Assert.Contains("booking.confirmed.v1 → Partner", report.Steps);
        Assert.Contains("invoice.issue.v1 → Worker", report.Steps);
    }

    [Theory]
    [InlineData("hotel-full", "double", "No double room is free in the night of {0}.")]
    [InlineData("nowhere", "double", "There is no hotel 'nowhere'.")]
    [InlineData("hotel-1", "palace", "The hotel has no room type 'palace'.")]
    public async Task A_booking_that_cannot_be_made_is_rejected_and_only_the_guest_hears_of_it(string hotel, string roomType, string sentence)
    {
        var reason = sentence.Replace("{0}", Day(0), StringComparison.Ordinal);
        var id = await _client.BookAsync(Booking(hotel, roomType));

        var report = await _client.WaitAsync(id, r => r.Status == "rejected" && r.Mails.Count >= 1);

        Assert.Equal(reason, report.Reason);
        Assert.Equal(["Your booking could not be made"], report.Mails);
        Assert.Empty(report.Ledger);
        Assert.Empty(report.PartnerCalls);
        Assert.Null(report.Invoice);
        Assert.Equal(reason, (string?)(await _client.GetAsync(id))["reason"]);
    }

    [Fact]
    public async Task A_cancelled_booking_is_reversed_everywhere_and_only_once()
    {
        var id = await _client.BookAsync(Booking());
        await _client.WaitAsync(id, r => r.IsConfirmedEverywhere);

        await _client.CancelAsync(id);
        await _client.WaitAsync(id, r => r.IsCancelledEverywhere);
        await _client.CancelAsync(id);
        var report = await _client.WaitAsync(id, r => r.Steps.Count(s => s == "booking.cancel.v1 → Booking") == 2);

        Assert.Equal(["Your booking is confirmed", "Your booking is cancelled"], report.Mails);
        Assert.Equal(
            [("receivables", 240m, 0m), ("revenue:hotel-1", 0m, 240m), ("receivables", 0m, 240m), ("revenue:hotel-1", 240m, 0m)], report.Ledger);
        Assert.Equal(["confirmed", "cancelled"], report.PartnerCalls.Select(c => c.Status));
        Assert.Equal(2, report.PartnerCalls.Select(c => c.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_cancellation_right_behind_its_booking_is_carried_out_in_order()
    {
        var id = Guid.CreateVersion7();
        await _client.PutAsync(id, Booking());
        await _client.CancelAsync(id);

        var report = await _client.WaitAsync(id, r => r.IsCancelledEverywhere);

        Assert.Equal(2, report.Mails.Count);
        Assert.Equal(4, report.Ledger.Count);
        Assert.Equal([240m, 0m], report.Ledger.Take(2).Select(l => l.Debit));
        Assert.All(report.Ledger.GroupBy(l => l.Account), account => Assert.Equal(0, account.Sum(l => l.Debit - l.Credit)));
    }

    [Fact]
    public async Task A_booking_behind_its_own_cancellation_is_not_made()
    {
        // Made long ago, so that only the queue can know of it.
        var id = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddHours(-1));
        await _client.CancelAsync(id);
        await _client.PutAsync(id, Booking());

        var report = await _client.WaitAsync(id, r => r.Status == "rejected" && r.Mails.Count >= 1);

        Assert.Equal("The booking was cancelled before it was made.", report.Reason);
    }

    [Fact]
    public async Task The_last_room_goes_to_exactly_one_of_two()
    {
        var ids = await Task.WhenAll(
            _client.BookAsync(Booking("hotel-2", firstDay: 10, nights: 1)),
            _client.BookAsync(Booking("hotel-2", firstDay: 10, nights: 1)));

        var reports = await Task.WhenAll(ids.Select(id => _client.WaitAsync(id, r => r.Status != "pending" && r.Mails.Count >= 1)));

        Assert.Equal(["confirmed", "rejected"], reports.Select(r => r.Status).Order());
    }

    [Fact]
    public async Task The_room_of_a_cancelled_booking_can_be_booked_again()
    {
        var first = await _client.BookAsync(Booking("hotel-2", firstDay: 20, nights: 1));
        await _client.WaitAsync(first, r => r.Status == "confirmed");
        await _client.CancelAsync(first);
        await _client.WaitAsync(first, r => r.Status == "cancelled");

        var second = await _client.BookAsync(Booking("hotel-2", firstDay: 20, nights: 1));

        Assert.Equal("confirmed", (await _client.WaitAsync(second, r => r.Status != "pending")).Status);
    }

    [Fact]
    public async Task The_same_booking_put_many_times_is_one()
    {
        var id = Guid.CreateVersion7();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _client.PutAsync(id, Booking("hotel-2", firstDay: 30))));
        await _client.WaitAsync(id, r => r.IsConfirmedEverywhere);
        await _client.PutAsync(id, Booking());

        // A booking of its own behind the last one: when it is through, a double would be too.
        await _client.WaitAsync(await _client.BookAsync(Booking()), r => r.IsConfirmedEverywhere);
        var report = await _client.WaitAsync(id, _ => true);
        Assert.Single(report.Mails);
        Assert.Equal(2, report.Ledger.Count);
        Assert.Single(report.PartnerCalls);
    }

    [Fact]
    public async Task Many_bookings_at_once_each_have_every_effect_exactly_once()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => _client.BookAsync(Booking())));

        var reports = await Task.WhenAll(ids.Select(id => _client.WaitAsync(id, r => r.IsConfirmedEverywhere)));

        Assert.All(reports, EffectsHappenedOnce);
    }

    [Fact]
    public async Task An_unknown_booking_is_not_found_and_a_young_id_is_pending()
    {
        var old = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddMinutes(-16));
        using (var response = await _client.Http.GetAsync($"/bookings/{old}"))
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        using (var response = await _client.Http.DeleteAsync("/bookings/nonsense"))
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        using (var response = await _client.Http.GetAsync("/bookings/nonsense"))
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        using (var response = await _client.Http.GetAsync($"/local/bookings/{Guid.CreateVersion7()}"))
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);

        Assert.Equal("pending", (string?)(await _client.GetAsync(Guid.CreateVersion7()))["status"]);
    }

    [Fact]
    public async Task The_hotels_are_listed_with_their_room_types()
    {
        var hotels = JsonNode.Parse(await _client.Http.GetStringAsync("/hotels", TestContext.Current.CancellationToken))!.AsArray();

        Assert.Equal(["hotel-1", "hotel-2", "hotel-full"], hotels.Select(h => (string?)h!["id"]));
        Assert.Equal(["single", "double", "suite"], hotels[0]!["roomTypes"]!.AsArray().Select(t => (string?)t!["type"]));
        Assert.Equal(1, (int)hotels[1]!["roomTypes"]![0]!["rooms"]!);
        Assert.Equal(0, (int)hotels[2]!["roomTypes"]![0]!["rooms"]!);
    }

    [Fact]
    public async Task The_page_is_served()
    {
        using var response = await _client.Http.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>Bookings on this machine</title>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose() => _client.Dispose();

    internal static void EffectsHappenedOnce(BookingReport report)
    {
        Assert.Equal(["Your booking is confirmed"], report.Mails);
        Assert.Equal(2, report.Ledger.Count);
        Assert.Equal(report.Ledger.Sum(l => l.Debit), report.Ledger.Sum(l => l.Credit));
        Assert.Single(report.PartnerCalls);
    }
}
