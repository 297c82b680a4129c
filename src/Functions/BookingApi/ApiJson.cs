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

/// <summary>What is free.</summary>
internal sealed record AvailabilityView(string HotelId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, int Rooms, Money Total);

/// <summary>The report of a month: where it stands or, when it is done, what each hotel has earned.</summary>
internal sealed record RevenueView(Guid Id, string Month, string Status, PartsView? Parts = null, string? Document = null, IReadOnlyList<HotelRevenueView>? Hotels = null);

/// <summary>How far a report is.</summary>
internal sealed record PartsView(int Done, int Total);

/// <summary>What a hotel has earned, in each of its currencies.</summary>
internal sealed record HotelRevenueView(string HotelId, IReadOnlyList<Money> Totals);

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
[JsonSerializable(typeof(AvailabilityView))]
[JsonSerializable(typeof(RevenueView))]
[JsonSerializable(typeof(IDictionary<string, string>))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJson : JsonSerializerContext;
