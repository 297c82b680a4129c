using Contracts;
using Functions.Booking;

namespace Functions.Tests;

public sealed class BookingRulesTests
{
    private static readonly RoomType TwoDoubles = new(2, new(120.00m, "EUR"));

    private static readonly PlaceBooking Wish = new(
        Guid.CreateVersion7(), "hotel-1", "double", new(2027, 3, 1), new(2027, 3, 4), new("Ada Lovelace", "ada@example.com"));

    [Fact]
    public void All_nights_free_is_confirmed_with_the_price_of_all_nights() =>
        Assert.Equal(new Decision.Confirmed(new(360.00m, "EUR")), BookingRules.Decide(Wish, true, TwoDoubles, Taken(0, 1, 0)));

    [Fact]
    public void One_full_night_rejects_the_whole_stay_and_names_the_night() =>
        Assert.Equal(
            new Decision.Rejected("No double room is free in the night of 2027-03-02."), BookingRules.Decide(Wish, true, TwoDoubles, Taken(0, 2, 2)));

    [Fact]
    public void A_room_type_without_rooms_is_full() =>
        Assert.IsType<Decision.Rejected>(BookingRules.Decide(Wish, true, TwoDoubles with { Rooms = 0 }, Taken(0, 0, 0)));

    [Fact]
    public void An_unknown_hotel_or_room_type_is_rejected_by_name()
    {
        Assert.Equal(new Decision.Rejected("There is no hotel 'hotel-1'."), BookingRules.Decide(Wish, false, null, []));
        Assert.Equal(new Decision.Rejected("The hotel has no room type 'double'."), BookingRules.Decide(Wish, true, null, []));
    }

    [Fact]
    public void The_day_of_leaving_is_no_night_of_the_stay() =>
        Assert.Equal([new(2027, 2, 28), new(2027, 3, 1)], BookingRules.Nights(new(2027, 2, 28), new(2027, 3, 2)));

    [Fact]
    public void A_stay_that_ends_before_it_begins_or_never_has_no_night_and_is_rejected()
    {
        Assert.Empty(BookingRules.Nights(new(2027, 3, 2), new(2027, 3, 1)));
        Assert.Empty(BookingRules.Nights(DateOnly.MinValue, DateOnly.MaxValue));
        Assert.Equal(new Decision.Rejected("A stay has 1 to 366 nights."), BookingRules.Decide(Wish, true, TwoDoubles, []));
    }

    private static IReadOnlyList<NightTaken> Taken(params int[] taken) => [.. taken.Select((n, i) => new NightTaken(Wish.CheckIn.AddDays(i), n))];
}
