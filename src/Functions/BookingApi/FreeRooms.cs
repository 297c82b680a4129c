using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Messaging.RequestReply;

namespace Functions.BookingApi;

/// <summary>Asks the Availability function, through its queue, which rooms are free.</summary>
internal sealed class FreeRooms(RequestClient requests)
{
    /// <summary>Time enough for a function that has to start first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Question<FindAvailability, RoomsAvailable> Question { get; } = Messages.FindAvailability.AnsweredBy(Messages.RoomsAvailable);

    public async Task<APIGatewayHttpApiV2ProxyResponse> GetAsync(APIGatewayHttpApiV2ProxyRequest request, DateOnly earliest, CancellationToken cancellationToken)
    {
        var query = JsonSerializer.SerializeToElement(request.QueryStringParameters ?? new Dictionary<string, string>(), ApiJson.Default.IDictionaryStringString);
        var errors = new List<FieldError>();
        if (BookingRequest.Stay(query, earliest, errors) is not { } stay)
            return Answers.Wrong(errors);
        try
        {
            var found = await requests.AskAsync(Question, stay, Patience, cancellationToken);
            return found.Total is { } total
                ? Answers.Ok(new AvailabilityView(stay.HotelId, stay.RoomType, stay.CheckIn, stay.CheckOut, found.Rooms, total), ApiJson.Default.AvailabilityView)
                : Answers.Problem(404, "There is no such hotel, or it has no such rooms.");
        }
        catch (TimeoutException)
        {
            return Answers.TimedOut();
        }
    }
}
