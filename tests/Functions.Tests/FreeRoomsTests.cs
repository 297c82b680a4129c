using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.SQS.Model;
using Contracts;
using Functions.Availability;
using Functions.BookingApi;
using Functions.Migrations;
using LocalCloud.Tests;
using Messaging.Consuming;
using Messaging.Publishing;
using Messaging.RequestReply;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Functions.Tests;

/// <summary>What is free, asked by the API and answered by the function behind the queue.</summary>
public sealed class FreeRoomsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2027, 3, 1);
    private readonly FakeTime _time = new();
    private NpgsqlDataSource _database = null!;
    private TestCloud _cloud = null!;
    private RequestClient _requests = null!;
    private Consumer _availability = null!;
    private string _questions = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.NewDatabaseAsync([.. SchemaMigrator.LibraryScripts, .. SqlScript.Embedded(typeof(MigrationsHandler).Assembly)]);
        _cloud = await TestCloud.StartAsync();
        _questions = await _cloud.CreateQueueAsync("availability");
        var replies = await _cloud.CreateQueueAsync("availability-replies");
        var publisher = new Publisher(_cloud.Sqs, _cloud.Sns, new(name => name == "DESTINATION_AVAILABILITY" ? _questions : replies));
        _requests = new(
            _cloud.Sqs,
            publisher.PublishAsync,
            new() { ReplyQueue = Destinations.AvailabilityReplies, ReplyQueueUrl = replies, Source = "/booking-api" },
            NullLogger<RequestClient>.Instance,
            _time);
        _availability = new Consumer("availability", NullLogger.Instance).Reply(
            FreeRooms.Question,
            new Responder(publisher.PublishAsync, "/availability", [Destinations.AvailabilityReplies], _time),
            new AvailabilityHandler(_database).FindAsync);
    }

    [Fact]
    public async Task The_fullest_night_of_the_stay_says_how_many_rooms_are_free()
    {
        await _database.ExecuteAsync(
            "insert into room_nights (hotel_id, room_type, night, taken) values ('hotel-1', 'double', '2027-03-04', 10), ('hotel-1', 'double', '2027-03-05', 480), ('hotel-1', 'double', '2027-03-06', 500)");

        var answer = await AskAsync("hotel-1", "double", "2027-03-04", "2027-03-06");

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(
            """{"hotelId":"hotel-1","roomType":"double","checkIn":"2027-03-04","checkOut":"2027-03-06","rooms":20,"total":{"amount":240.00,"currency":"EUR"}}""", answer.Body);
    }

    [Theory]
    [InlineData("nowhere", "double")]
    [InlineData("hotel-1", "palace")]
    public async Task Rooms_that_nobody_sells_are_not_found(string hotel, string roomType) =>
        Assert.Equal(404, (await AskAsync(hotel, roomType, "2027-03-04", "2027-03-06")).StatusCode);

    [Theory]
    [InlineData("", "double", "2027-03-04", "2027-03-06", "hotelId")]
    [InlineData("hotel-1", "double", "2027-03-04", "2027-03-04", "checkOut")]
    [InlineData("hotel-1", "double", "2027-02-01", "2027-02-02", "checkIn")]
    [InlineData("hotel-1", "double", "tomorrow", "2027-03-06", "checkIn")]
    [InlineData("hotel-1", "double", "2027-03-04", "2028-03-04", "checkOut")]
    public async Task Bad_input_is_told_field_by_field_and_asks_nobody(string hotel, string roomType, string checkIn, string checkOut, string field)
    {
        var answer = await GetAsync(hotel, roomType, checkIn, checkOut);

        Assert.Equal(400, answer.StatusCode);
        Assert.Equal($"#/{field}", (string?)Assert.Single(JsonNode.Parse(answer.Body!)!["errors"]!.AsArray())!["pointer"]);
        Assert.Empty(await _cloud.DrainAsync(_questions));
    }

    [Fact]
    public async Task Without_a_query_every_field_is_told()
    {
        var answer = await new FreeRooms(_requests).GetAsync(new APIGatewayHttpApiV2ProxyRequest(), Today, TestContext.Current.CancellationToken);

        Assert.Equal((400, 4), (answer.StatusCode, JsonNode.Parse(answer.Body!)!["errors"]!.AsArray().Count));
    }

    [Fact]
    public async Task Where_nobody_answers_the_client_is_told_when_to_ask_again()
    {
        var answer = GetAsync("hotel-1", "double", "2027-03-04", "2027-03-06");
        await Eventually.TrueAsync(() => _requests.InFlight == 1);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((504, "2"), ((await answer).StatusCode, (await answer).Headers!["Retry-After"]));
    }

    public async ValueTask DisposeAsync()
    {
        await _requests.DisposeAsync();
        await _database.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private Task<APIGatewayHttpApiV2ProxyResponse> GetAsync(string hotel, string roomType, string checkIn, string checkOut) => new FreeRooms(_requests).GetAsync(
        new()
        {
            QueryStringParameters = new Dictionary<string, string> { ["hotelId"] = hotel, ["roomType"] = roomType, ["checkIn"] = checkIn, ["checkOut"] = checkOut },
        },
        Today,
        TestContext.Current.CancellationToken);

    /// <summary>Asks, and lets the function answer.</summary>
    private async Task<APIGatewayHttpApiV2ProxyResponse> AskAsync(string hotel, string roomType, string checkIn, string checkOut)
    {
        var answer = GetAsync(hotel, roomType, checkIn, checkOut);
        IReadOnlyList<Message> asked = [];
        await Eventually.TrueAsync(async () => (asked = await _cloud.DrainAsync(_questions)).Count > 0);
        Assert.Equal(Verdict.Done, await _availability.HandleAsync(System.Text.Encoding.UTF8.GetBytes(Assert.Single(asked).Body!), 1, TestContext.Current.CancellationToken));
        return await answer;
    }
}
