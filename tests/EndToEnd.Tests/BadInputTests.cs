using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>What the API refuses, and how it says so.</summary>
public sealed class BadInputTests(SharedEnvironment environment) : IDisposable
{
    private readonly BookingClient _client = new(environment.Local.Address);

    [Fact]
    public async Task Every_wrong_field_is_told_at_once()
    {
        var (status, problem) = await PutAsync("""{"hotelId":"","roomType":7,"checkIn":"2027-02-30","checkOut":"soon","guest":{"name":"","email":"ada"}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(400, (int)problem["status"]!);
        Assert.Equal(
            ["#/hotelId", "#/roomType", "#/checkIn", "#/checkOut", "#/guest/name", "#/guest/email"],
            problem["errors"]!.AsArray().Select(e => (string)e!["pointer"]!));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(61)]
    public async Task Days_in_the_wrong_order_or_too_many_nights_are_refused(int nights)
    {
        var (status, problem) = await PutAsync(BookingClient.Booking(nights: nights).ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("#/checkOut", (string?)Assert.Single(problem["errors"]!.AsArray())!["pointer"]);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    public async Task What_is_no_JSON_object_is_refused(string body, HttpStatusCode expected) => Assert.Equal(expected, (await PutAsync(body)).Status);

    [Theory]
    [InlineData(65_537, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(65_536, HttpStatusCode.BadRequest)]
    [InlineData(5_000_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_has_at_most_64_KiB(int size, HttpStatusCode expected) => Assert.Equal(expected, (await PutAsync(new string(' ', size))).Status);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? contentType) =>
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PutAsync(BookingClient.Booking().ToJsonString(), contentType)).Status);

    [Theory]
    [InlineData("f81d4fae-7dec-41d0-a765-00a0c91e6bf6")]
    [InlineData("nonsense")]
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff")]
    public async Task An_id_that_is_no_UUID_of_version_7_or_from_the_future_is_refused(string id)
    {
        using var response = await _client.Http.PutAsync($"/bookings/{id}", BookingClient.Json(BookingClient.Booking()));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_route_or_method_is_not_found()
    {
        using var route = await _client.Http.GetAsync("/nothing", TestContext.Current.CancellationToken);
        using var method = await _client.Http.PatchAsync("/bookings", BookingClient.Json(BookingClient.Booking()), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, route.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, method.StatusCode);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Puts a booking under a new id, and makes sure that what was refused was not queued: nothing is known of the id.</summary>
    private async Task<(HttpStatusCode Status, JsonNode Problem)> PutAsync(string body, string? contentType = "application/json")
    {
        var id = Guid.CreateVersion7();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.ContentType = new(contentType);
        using var response = await _client.Http.PutAsync($"/bookings/{id}", content);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var report = await _client.Http.GetAsync($"/local/bookings/{id}");
        Assert.Equal(HttpStatusCode.NotFound, report.StatusCode);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
