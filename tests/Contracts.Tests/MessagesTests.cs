using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Contracts.Tests;

public sealed partial class MessagesTests
{
    private static readonly BookingConfirmed Confirmed = Samples.Confirmed;

    [Fact]
    public void Every_type_name_is_unique_and_ends_with_its_version()
    {
        var names = Messages.All.Select(c => c.Type).ToList();

        Assert.NotEmpty(names);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches(TypeName(), name));
    }

    [Fact]
    public void The_list_of_all_messages_lacks_none_that_is_declared() =>
        Assert.Equal(Declared().Select(c => c.Type).Order(), Messages.All.Select(c => c.Type).Order());

    [Fact]
    public void A_message_is_read_as_it_was_written()
    {
        var json = JsonSerializer.Serialize(Confirmed, Messages.BookingConfirmed.Json);

        Assert.Equal(Confirmed, JsonSerializer.Deserialize(json, Messages.BookingConfirmed.Json));
        Assert.Contains("\"checkIn\":\"2027-03-01\"", json, StringComparison.Ordinal);
        Assert.Contains("\"total\":{\"amount\":240.00,\"currency\":\"EUR\"}", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"bookingId":"0197a9c0-7d00-7000-8000-000000000001"}""")]
    [InlineData("""{"bookingId":"0197a9c0-7d00-7000-8000-000000000001","hotelId":null,"roomType":"double","checkIn":"2027-03-01","checkOut":"2027-03-03","guest":{"name":"A","email":"a@b.c"}}""")]
    [InlineData("""{"bookingId":"0197a9c0-7d00-7000-8000-000000000001","hotelId":"h","roomType":"double","checkIn":"2027-03-01","checkOut":"2027-03-03","guest":{"name":"A"}}""")]
    public void A_missing_or_null_member_is_an_error_and_not_a_default(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, Messages.PlaceBooking.Json));

    [Fact]
    public void A_member_that_a_later_version_added_is_passed_over()
    {
        var json = JsonSerializer.Serialize(Confirmed, Messages.BookingConfirmed.Json).Replace("{\"bookingId\"", "{\"later\":[1],\"bookingId\"", StringComparison.Ordinal);

        Assert.Equal(Confirmed, JsonSerializer.Deserialize(json, Messages.BookingConfirmed.Json));
    }

    [Fact]
    public void A_guest_formatted_by_accident_shows_neither_name_nor_address()
    {
        var text = $"{Confirmed}";

        Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Serialization_by_reflection_is_off() => Assert.False(JsonSerializer.IsReflectionEnabledByDefault);

    private static IEnumerable<Contract> Declared() =>
        typeof(Messages).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(p => p.GetValue(null)).OfType<Contract>();

    [GeneratedRegex(@"^[a-z]+(\.[a-z]+)+\.v[1-9][0-9]*$")]
    private static partial Regex TypeName();
}
