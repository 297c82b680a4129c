using Amazon.Lambda.APIGatewayEvents;
using Microsoft.Extensions.Logging;

namespace Functions.BookingApi;

/// <summary>The HTTP API: what is asked for is checked, put into the queue and answered with 202; what was decided is read from the database.</summary>
internal sealed class Api(
    Acceptance acceptance, BookingQueries queries, FreeRooms freeRooms, RevenueReports reports, TimeProvider time, ILogger<Api> logger)
{
    /// <summary>Kept of Lambda's time for answering.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(1);

    // Yesterday too: west of Greenwich it may still be today.
    private DateOnly Earliest => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1);

    public async Task<APIGatewayHttpApiV2ProxyResponse> HandleAsync(APIGatewayHttpApiV2ProxyRequest request, TimeSpan remaining)
    {
        using var deadline = new CancellationTokenSource(remaining > Reserve ? remaining - Reserve : TimeSpan.Zero, time);
        try
        {
            return await RouteAsync(request, deadline.Token);
        }
#pragma warning disable CA1031 // The client gets an answer of ours, whatever goes wrong; the log says what it was.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.RequestFailed(e, request.RouteKey);
            return Answers.Unavailable("Try again.");
        }
    }

    private Task<APIGatewayHttpApiV2ProxyResponse> RouteAsync(APIGatewayHttpApiV2ProxyRequest request, CancellationToken cancellationToken) => request.RouteKey switch
    {
        "POST /bookings" => PlaceAsync(Guid.CreateVersion7(time.GetUtcNow()), request, cancellationToken),
        "PUT /bookings/{id}" => PlaceAtAsync(request.PathParameters!["id"], request, cancellationToken),
        "GET /bookings/{id}" => GetAsync(request.PathParameters!["id"], cancellationToken),
        "DELETE /bookings/{id}" => CancelAsync(request.PathParameters!["id"], cancellationToken),
        "GET /hotels" => HotelsAsync(cancellationToken),
        "GET /availability" => freeRooms.GetAsync(request, Earliest, cancellationToken),
        "POST /reports/revenue/{month}" => reports.PostAsync(request.PathParameters!["month"], cancellationToken),
        "GET /reports/revenue/{month}" => reports.GetAsync(request.PathParameters!["month"], cancellationToken),
        _ => Task.FromResult(Answers.Problem(404, "There is nothing here.")),
    };

    private async Task<APIGatewayHttpApiV2ProxyResponse> PlaceAtAsync(string text, APIGatewayHttpApiV2ProxyRequest request, CancellationToken cancellationToken)
    {
        if (!BookingId.TryParse(text, out var id))
            return Answers.Problem(400, "The id is not a UUIDv7.", errors: [new("#", "The id in the path is a UUID of version 7, written with hyphens.")]);
        if (BookingId.IsFromTheFuture(id, time.GetUtcNow()))
            return Answers.Problem(400, "The id is from the future.", errors: [new("#", $"The id in the path says {BookingId.TimeOf(id):O}. Set the clock that made it.")]);
        return await PlaceAsync(id, request, cancellationToken);
    }

    private async Task<APIGatewayHttpApiV2ProxyResponse> PlaceAsync(Guid id, APIGatewayHttpApiV2ProxyRequest request, CancellationToken cancellationToken)
    {
        var (json, error) = Body.Read(request);
        if (error is not null)
            return error;

        var (command, errors) = BookingRequest.Read(id, json, Earliest);
        if (command is null)
            return Answers.Wrong(errors);
        return Answer(id, await acceptance.PlaceAsync(command, cancellationToken));
    }

    private async Task<APIGatewayHttpApiV2ProxyResponse> CancelAsync(string text, CancellationToken cancellationToken)
    {
        // Not looked up: whatever is not decided may be in the queue, and its cancellation belongs behind it.
        if (!BookingId.TryParse(text, out var id) || BookingId.IsFromTheFuture(id, time.GetUtcNow()))
            return Answers.NotFound(text);
        return Answer(id, await acceptance.CancelAsync(id, cancellationToken));
    }

    private async Task<APIGatewayHttpApiV2ProxyResponse> GetAsync(string text, CancellationToken cancellationToken) =>
        BookingId.TryParse(text, out var id) && await StatusAsync(id, cancellationToken) is { } booking
            ? Answers.Ok(booking, ApiJson.Default.BookingView)
            : Answers.NotFound(text);

    private async Task<APIGatewayHttpApiV2ProxyResponse> HotelsAsync(CancellationToken cancellationToken) =>
        Answers.Ok(await queries.HotelsAsync(cancellationToken), ApiJson.Default.IReadOnlyListHotelView);

    /// <summary>Null where the booking is unknown: not decided, and too old to be still in the queue.</summary>
    private async Task<BookingView?> StatusAsync(Guid id, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, cancellationToken) ?? (BookingId.MayBePending(id, time.GetUtcNow()) ? new(id, "pending") : null);

    private APIGatewayHttpApiV2ProxyResponse Answer(Guid id, string? failure)
    {
        if (failure is null)
            return Answers.Accepted(id);

        // The queue may have it all the same: only an answer got lost then.
        logger.NotAccepted(id, failure);
        return Answers.Unavailable($"It is not known whether the request reached the queue. Repeat it, a booking as PUT /bookings/{id}: it is made once.");
    }
}
