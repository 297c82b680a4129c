using System.Text.Json;
using System.Text.Json.Serialization;

namespace Contracts;

/// <summary>How messages are written: camelCase, and a missing or null member is an error, never a zero.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlaceBooking))]
[JsonSerializable(typeof(CancelBooking))]
[JsonSerializable(typeof(BookingConfirmed))]
[JsonSerializable(typeof(BookingRejected))]
[JsonSerializable(typeof(BookingCancelled))]
[JsonSerializable(typeof(IssueInvoice))]
[JsonSerializable(typeof(ReportRevenue))]
[JsonSerializable(typeof(SumRevenue))]
[JsonSerializable(typeof(JoinRevenue))]
[JsonSerializable(typeof(FindAvailability))]
[JsonSerializable(typeof(RoomsAvailable))]
public sealed partial class MessageJson : JsonSerializerContext;
