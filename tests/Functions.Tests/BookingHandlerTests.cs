using System.Collections.Concurrent;
using System.Diagnostics;
using Contracts;
using Functions.Booking;
using Messaging.Consuming;
using Messaging.Inbox;
using Messaging.Outbox;
using Messaging.Publishing;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Functions.Tests;

/// <summary>Decisions on a real PostgreSQL, with everything that can happen at once.</summary>
public sealed class BookingHandlerTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly BookingHandler _handler = new(TimeProvider.System);
    private NpgsqlDataSource _database = null!;
    private TestCloud _cloud = null!;
    private PostgresInbox _inbox = null!;
    private string _queue = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.NewDatabaseAsync([.. SchemaMigrator.LibraryScripts, .. SqlScript.Embedded(typeof(Functions.Migrations.MigrationsHandler).Assembly)]);
        _cloud = await TestCloud.StartAsync();
        _queue = await _cloud.CreateQueueAsync("out");
        var outbox = new OutboxWriter(
            _database, new Publisher(_cloud.Sqs, _cloud.Sns, new(_ => _queue)).PublishAsync, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance);
        _inbox = new("booking", _database, outbox, NullLogger<PostgresInbox>.Instance);
    }

    [Fact]
    public async Task Of_many_bookings_for_the_last_room_exactly_one_is_confirmed()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => PlaceAsync(Wish("hotel-2", "double", 1, 3))));

        Assert.Equal(1, await CountAsync("confirmed"));
        Assert.Equal(29, await CountAsync("rejected"));
    }

    [Fact]
    public async Task Overlapping_stays_at_once_never_take_a_room_twice_and_never_lock_each_other_out()
    {
        var random = new Random(7);
        var wishes = Enumerable.Range(0, 60).Select(_ => Wish("hotel-2", "double", random.Next(1, 10), random.Next(1, 6))).ToArray();

        var verdicts = new ConcurrentBag<Verdict>();
        await Parallel.ForEachAsync(wishes, async (wish, _) => verdicts.Add(await PlaceAsync(wish)));

        Assert.All(verdicts, v => Assert.Equal(Verdict.Done, v));
        Assert.Equal(1, await _database.ScalarAsync<int>("select max(taken) from room_nights"));
        Assert.Equal(
            await _database.ScalarAsync<long>("select sum(check_out - check_in) from bookings where status = 'confirmed'"),
            await _database.ScalarAsync<long>("select sum(taken) from room_nights"));
    }

    [Fact]
    public async Task A_cancellation_gives_the_nights_back_and_is_allowed_once()
    {
        var wish = Wish("hotel-2", "double", 1, 2);
        await PlaceAsync(wish);

        Assert.Equal(Verdict.Done, await CancelAsync(wish.BookingId));
        Assert.Equal(Verdict.Discard("The booking is cancelled: there is nothing to cancel."), await CancelAsync(wish.BookingId));

        Assert.Equal(0, await _database.ScalarAsync<long>("select sum(taken) from room_nights"));
        await PlaceAsync(Wish("hotel-2", "double", 1, 2));
        Assert.Equal(1, await CountAsync("confirmed"));
    }

    [Fact]
    public async Task A_rejected_booking_cannot_be_cancelled()
    {
        var wish = Wish("hotel-full", "double", 1, 2);
        await PlaceAsync(wish);

        Assert.Equal(Verdict.Discard("The booking is rejected: there is nothing to cancel."), await CancelAsync(wish.BookingId));
    }

    [Fact]
    public async Task A_booking_that_comes_behind_its_cancellation_is_not_made()
    {
        var wish = Wish("hotel-1", "double", 1, 2);

        Assert.Equal(Verdict.Done, await CancelAsync(wish.BookingId));
        Assert.Equal(Verdict.Done, await CancelAsync(wish.BookingId));
        await PlaceAsync(wish);

        Assert.Equal("The booking was cancelled before it was made.", await _database.ScalarAsync<string>("select reason from bookings where status = 'rejected'"));
        Assert.Equal(0, await _database.ScalarAsync<long>("select count(*) from room_nights"));
    }

    [Theory]
    [InlineData("nowhere", "double", "There is no hotel 'nowhere'.")]
    [InlineData("hotel-1", "palace", "The hotel has no room type 'palace'.")]
    [InlineData("hotel-full", "double", "No double room is free in the night of 2027-03-01.")]
    public async Task A_rejection_is_stored_with_its_reason(string hotel, string roomType, string reason)
    {
        await PlaceAsync(Wish(hotel, roomType, 1, 2));

        Assert.Equal(reason, await _database.ScalarAsync<string>("select reason from bookings where status = 'rejected'"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(367)]
    public async Task A_stay_without_nights_to_sell_is_rejected_whoever_sent_it(int nights)
    {
        Assert.Equal(Verdict.Done, await PlaceAsync(Wish("hotel-1", "double", 1, nights)));

        Assert.Equal("A stay has 1 to 366 nights.", await _database.ScalarAsync<string>("select reason from bookings where status = 'rejected'"));
    }

    [Fact]
    public async Task A_booking_that_the_inbox_has_forgotten_is_still_made_once()
    {
        var wish = Wish("hotel-1", "double", 1, 2);
        await PlaceAsync(wish);
        await _database.ExecuteAsync("delete from inbox");

        Assert.Equal(Verdict.Discard("The booking exists already."), await PlaceAsync(wish));
        Assert.Equal(1, await _database.ScalarAsync<int>("select max(taken) from room_nights"));
    }

    [Fact]
    public async Task A_confirmed_booking_leads_to_one_invoice_and_no_other_does()
    {
        var wish = Wish("hotel-1", "double", 1, 2);
        await PlaceAsync(wish);
        await PlaceAsync(wish);
        await PlaceAsync(Wish("hotel-full", "double", 1, 2));

        var task = Assert.Single(await _cloud.DrainAsync(_queue), m => m.MessageAttributes!["type"].StringValue == "invoice.issue.v1");
        Assert.Contains($"\"bookingId\":\"{wish.BookingId}\"", task.Body, StringComparison.Ordinal);
        Assert.Contains("\"total\":{\"amount\":240.00,\"currency\":\"EUR\"}", task.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_announced_has_the_span_around_the_handler_as_its_producer()
    {
        using var span = new Activity("invocation").Start();

        await PlaceAsync(Wish("hotel-1", "double", 1, 2));

        var announced = await _cloud.DrainAsync(_queue);
        Assert.NotEmpty(announced);
        Assert.All(announced, message => Assert.Contains($"\"traceparent\":\"{span.Id}\"", message.Body, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private static PlaceBooking Wish(string hotel, string roomType, int day, int nights) => new(
        Guid.CreateVersion7(), hotel, roomType, new DateOnly(2027, 3, 1).AddDays(day - 1), new DateOnly(2027, 3, 1).AddDays(day - 1 + nights), new("Ada", "ada@example.com"));

    private Task<Verdict> PlaceAsync(PlaceBooking wish) => _inbox.InTransaction<PlaceBooking>(_handler.PlaceAsync)(
        new(new(wish.BookingId.ToString(), "/tests", "booking.place.v1", DateTimeOffset.UtcNow), wish, 1), TestContext.Current.CancellationToken);

    private Task<Verdict> CancelAsync(Guid id) => _inbox.InTransaction<CancelBooking>(_handler.CancelAsync)(
        new(new(Guid.NewGuid().ToString(), "/tests", "booking.cancel.v1", DateTimeOffset.UtcNow), new(id), 1), TestContext.Current.CancellationToken);

    private Task<long> CountAsync(string status) => _database.ScalarAsync<long>($"select count(*) from bookings where status = '{status}'");
}
