using System.Text.Json;
using Contracts;
using Functions.BookingApi;

namespace Functions.Tests;

public sealed class BookingRequestTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public void A_good_request_becomes_a_command()
    {
        var id = Guid.CreateVersion7();

        var (command, errors) = Read(Json(), id);

        Assert.Empty(errors);
        Assert.Equal(new PlaceBooking(id, "hotel-1", "double", new(2027, 3, 1), new(2027, 3, 3), new("Ada Lovelace", "ada@example.com")), command);
    }

    [Fact]
    public void Every_wrong_field_is_told_at_once()
    {
        var (command, errors) = Read("""{"hotelId":"","roomType":7,"checkIn":"2027-02-30","checkOut":null,"guest":{"name":" ","email":"ada"}}""");

        Assert.Null(command);
        Assert.Equal(["#/hotelId", "#/roomType", "#/checkIn", "#/checkOut", "#/guest/name", "#/guest/email"], errors.Select(e => e.Pointer));
        Assert.All(errors, e => Assert.EndsWith(".", e.Detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2027-03-01", "2027-03-01", "The day of leaving is after the day of arrival.")]
    [InlineData("2027-03-02", "2027-03-01", "The day of leaving is after the day of arrival.")]
    [InlineData("2027-03-01", "2027-05-01", "A stay has at most 60 nights; this one has 61.")]
    [InlineData("2026-11-19", "2026-11-21", "The stay begins on 2026-11-20 or later.")]
    public void A_stay_has_one_to_sixty_nights_from_today_on(string checkIn, string checkOut, string sentence) =>
        Assert.Equal(sentence, Assert.Single(Read(Json(checkIn: checkIn, checkOut: checkOut)).Errors).Detail);

    [Fact]
    public void Sixty_nights_are_allowed() => Assert.NotNull(Read(Json(checkIn: "2027-03-01", checkOut: "2027-04-30")).Command);

    [Theory]
    [InlineData("ada")]
    [InlineData("ada@localhost")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("ada@example.com\\r\\nBcc: all@example.com")]
    [InlineData(" ada@example.com")]
    [InlineData("")]
    [InlineData("\\ud800")]
    public void A_mail_address_is_an_address_and_nothing_else(string email) =>
        Assert.Equal("#/guest/email", Assert.Single(Read(Json(email: email)).Errors).Pointer);

    [Theory]
    [InlineData("x\\u0000y")]
    [InlineData("x\\uFFFDy")]
    [InlineData("\\ud800")]
    public void A_name_has_no_control_characters_and_is_Unicode(string name) =>
        Assert.Equal("#/guest/name", Assert.Single(Read(Json(name: name)).Errors).Pointer);

    [Fact]
    public void A_name_has_at_most_a_hundred_characters()
    {
        Assert.NotNull(Read(Json(name: new('x', 100))).Command);
        Assert.Equal("#/guest/name", Assert.Single(Read(Json(name: new('x', 101))).Errors).Pointer);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void A_body_that_is_no_object_is_told_so(string json) => Assert.Equal("#", Assert.Single(Read(json).Errors).Pointer);

    private static (PlaceBooking? Command, IReadOnlyList<FieldError> Errors) Read(string json, Guid? id = null)
    {
        using var document = JsonDocument.Parse(json);
        return BookingRequest.Read(id ?? Guid.CreateVersion7(), document.RootElement, Today);
    }

    private static string Json(string checkIn = "2027-03-01", string checkOut = "2027-03-03", string name = "Ada Lovelace", string email = "ada@example.com") =>
        $$$"""{"hotelId":"hotel-1","roomType":"double","checkIn":"{{{checkIn}}}","checkOut":"{{{checkOut}}}","guest":{"name":"{{{name}}}","email":"{{{email}}}"}}""";
}
