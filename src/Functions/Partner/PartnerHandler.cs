using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Functions.Partner;

/// <summary>What the partner is told: the stay, not the guest.</summary>
internal sealed record Stay(Guid BookingId, string HotelId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, string Status);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Stay))]
internal sealed partial class PartnerJson : JsonSerializerContext;

/// <summary>Calls the partner's HTTP API: <c>PUT {PARTNER_URL}/stays/{booking id}</c>, with the message id as idempotency key.</summary>
internal sealed class PartnerHandler(HttpClient http, TimeProvider time)
{
    /// <summary>With the slash at the end, without which a relative address would replace the last segment.</summary>
    public static Uri BaseAddress(string url) => new(url.EndsWith('/') ? url : url + "/");

    public Task<Verdict> ConfirmedAsync(Received<BookingConfirmed> message, CancellationToken cancellationToken)
    {
        var m = message.Data;
        return SendAsync(message.Event.Id, new(m.BookingId, m.HotelId, m.RoomType, m.CheckIn, m.CheckOut, "confirmed"), cancellationToken);
    }

    public Task<Verdict> CancelledAsync(Received<BookingCancelled> message, CancellationToken cancellationToken)
    {
        var m = message.Data;
        return SendAsync(message.Event.Id, new(m.BookingId, m.HotelId, m.RoomType, m.CheckIn, m.CheckOut, "cancelled"), cancellationToken);
    }

    private async Task<Verdict> SendAsync(string messageId, Stay stay, CancellationToken cancellationToken)
    {
        // As bytes, so that the request has a length: not every server takes one in chunks.
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(stay, PartnerJson.Default.Stay)) { Headers = { ContentType = new("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"stays/{stay.BookingId}") { Content = content };
        request.Headers.Add("Idempotency-Key", messageId);

        // Headers only: nobody needs the body, and it could be of any size.
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response switch
        {
            { IsSuccessStatusCode: true } => Verdict.Done,
            { StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict or >= HttpStatusCode.InternalServerError } =>
                Verdict.Retry($"The partner answered {(int)response.StatusCode}.", response.RetryAfter(time)),

            // Not the message's fault: people mend credentials.
            { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } =>
                Verdict.Retry($"The partner answered {(int)response.StatusCode}: look at its credentials.", response.RetryAfter(time)),
            _ => Verdict.DeadLetter($"The partner answered {(int)response.StatusCode}: a retry would not change that."),
        };
    }
}
