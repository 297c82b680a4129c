using Functions.BookingApi;

namespace Functions.Tests;

public sealed class BookingIdTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_id_tells_when_it_was_made() => Assert.Equal(Now, BookingId.TimeOf(Guid.CreateVersion7(Now)));

    [Theory]
    [InlineData("0197a9c0-7d00-7000-8000-000000000001", true)]
    [InlineData("0197a9c0-7d00-4000-8000-000000000001", false)]
    [InlineData("0197a9c0-7d00-7000-c000-000000000001", false)]
    [InlineData("0197a9c07d0070008000000000000001", false)]
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff", true)]
    [InlineData("x", false)]
    [InlineData(null, false)]
    public void Only_a_UUID_of_version_7_is_an_id(string? text, bool valid) => Assert.Equal(valid, BookingId.TryParse(text, out _));

    [Theory]
    [InlineData(0, true)]
    [InlineData(14.9, true)]
    [InlineData(15, false)]
    [InlineData(-4.9, true)]
    [InlineData(-6, false)]
    public void A_booking_may_be_pending_for_fifteen_minutes(double ageInMinutes, bool pending) =>
        Assert.Equal(pending, BookingId.MayBePending(Guid.CreateVersion7(Now.AddMinutes(-ageInMinutes)), Now));

    [Fact]
    public void The_largest_time_an_id_can_hold_is_from_the_future() =>
        Assert.True(BookingId.IsFromTheFuture(Guid.Parse("ffffffff-ffff-7fff-bfff-ffffffffffff"), Now));
}
