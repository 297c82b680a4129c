using System.Text.Json;
using System.Text.Json.Serialization;

namespace Functions.BookingApi;

/// <summary>The answer to a booking that is accepted.</summary>
internal sealed record AcceptedBooking(Guid Id, string Status);

/// <summary>A booking as its guest may see it: without what only the guest knows.</summary>
internal sealed record BookingView(
    Guid Id, string Status, string? HotelId = null, string? RoomType = null, DateOnly? CheckIn = null, DateOnly? CheckOut = null, Money? Total = null, string? Reason = null);

/// <summary>A hotel and what it offers.</summary>
internal sealed record HotelView(string Id, string Name, IReadOnlyList<RoomTypeView> RoomTypes);

/// <summary>A room type.</summary>
internal sealed record RoomTypeView(string Type, int Rooms, Money PricePerNight);

/// <summary>An error as RFC 9457 has it. No page of its own explains it, hence the type: the title says it all.</summary>
internal sealed record Problem(string Title, int Status, string? Detail = null, IReadOnlyList<FieldError>? Errors = null, string Type = "about:blank");

/// <summary>What is wrong with one field.</summary>
/// <param name="Pointer">A JSON pointer in URI fragment form: <c>#/guest/email</c>.</param>
/// <param name="Detail">A sentence.</param>
internal sealed record FieldError(string Pointer, string Detail);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AcceptedBooking))]
[JsonSerializable(typeof(BookingView))]
[JsonSerializable(typeof(IReadOnlyList<HotelView>))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJson : JsonSerializerContext;
