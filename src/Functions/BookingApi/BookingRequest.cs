using System.Globalization;
using System.Net.Mail;
using System.Text.Json;

namespace Functions.BookingApi;

/// <summary>Reads a booking from a request's JSON and finds everything that is wrong with it at once.</summary>
internal static class BookingRequest
{
    /// <summary>A hotel lets rooms, not homes.</summary>
    public const int MostNights = 60;

    // What a text becomes whose bytes were no UTF-8, on the way here.
    private const char Unreadable = '\uFFFD';

    private const int LongestId = 64;
    private const int LongestName = 100;

    // RFC 5321, 4.5.3.1.3, less the angle brackets.
    private const int LongestMailAddress = 254;

    /// <param name="id">The booking's id.</param>
    /// <param name="json">The request's body.</param>
    /// <param name="earliest">A stay cannot begin before it.</param>
    /// <returns>The command, or what is wrong.</returns>
    public static (PlaceBooking? Command, IReadOnlyList<FieldError> Errors) Read(Guid id, JsonElement json, DateOnly earliest)
    {
        var errors = new List<FieldError>();
        if (json.ValueKind != JsonValueKind.Object)
            return (null, [new("#", "The body is a JSON object.")]);

        var stay = Stay(json, earliest, errors);
        var guest = Member(json, "guest");
        string? name = null, email = null;
        if (guest is { ValueKind: JsonValueKind.Object } g)
        {
            name = Text(g, "name", "#/guest/name", LongestName, errors);
            email = MailAddressOf(g, errors);
        }
        else
        {
            errors.Add(new("#/guest", "The guest is an object with a name and an email."));
        }

        return errors.Count > 0 ? (null, errors) : (new(id, stay!.HotelId, stay.RoomType, stay.CheckIn, stay.CheckOut, new(name!, email!)), []);
    }

    /// <summary>Reads the stay alone: a room type of a hotel, and its nights. Null where something of it is wrong, which is then among the errors.</summary>
    public static FindAvailability? Stay(JsonElement json, DateOnly earliest, List<FieldError> errors)
    {
        var before = errors.Count;
        var hotelId = Text(json, "hotelId", "#/hotelId", LongestId, errors);
        var roomType = Text(json, "roomType", "#/roomType", LongestId, errors);
        var checkIn = Day(json, "checkIn", errors);
        var checkOut = Day(json, "checkOut", errors);
        CheckStay(checkIn, checkOut, earliest, errors);
        return errors.Count == before ? new(hotelId!, roomType!, checkIn!.Value, checkOut!.Value) : null;
    }

    private static void CheckStay(DateOnly? checkIn, DateOnly? checkOut, DateOnly earliest, List<FieldError> errors)
    {
        if (checkIn < earliest)
            errors.Add(new("#/checkIn", $"The stay begins on {earliest:yyyy-MM-dd} or later."));
        if (checkIn is not { } first || checkOut is not { } leaving)
            return;
        if (leaving <= first)
            errors.Add(new("#/checkOut", "The day of leaving is after the day of arrival."));
        else if (leaving.DayNumber - first.DayNumber > MostNights)
            errors.Add(new("#/checkOut", $"A stay has at most {MostNights} nights; this one has {leaving.DayNumber - first.DayNumber}."));
    }

    private static JsonElement? Member(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Null where it is no text, or one that is not Unicode: half a surrogate pair, say.</summary>
    private static string? TextOf(JsonElement? value)
    {
        try
        {
            return value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name, string pointer, int longest, List<FieldError> errors)
    {
        var value = TextOf(Member(json, name));
        if (value is not null && !string.IsNullOrWhiteSpace(value) && value.Length <= longest && !value.Any(c => char.IsControl(c) || c == Unreadable))
            return value;
        errors.Add(new(pointer, $"{name} is a text of 1 to {longest} characters."));
        return null;
    }

    private static DateOnly? Day(JsonElement json, string name, List<FieldError> errors)
    {
        if (DateOnly.TryParseExact(TextOf(Member(json, name)), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;

        errors.Add(new($"#/{name}", $"{name} is a day of the calendar, written as 2027-03-01."));
        return null;
    }

    private static string? MailAddressOf(JsonElement guest, List<FieldError> errors)
    {
        if (TextOf(Member(guest, "email")) is { Length: > 0 and <= LongestMailAddress } text
            && MailAddress.TryCreate(text, out var address)
            && address.Address == text
            && address.Host.Contains('.', StringComparison.Ordinal))
        {
            return text;
        }

        errors.Add(new("#/guest/email", $"email is a mail address of at most {LongestMailAddress} characters, as in ada@example.com."));
        return null;
    }
}
