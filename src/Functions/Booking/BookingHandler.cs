using Messaging.Inbox;

namespace Functions.Booking;

/// <summary>Decides bookings: what it reads, writes and announces is one transaction.</summary>
internal sealed class BookingHandler(TimeProvider time)
{
    private const string Source = "/booking";

    public async Task<Verdict> PlaceAsync(Received<PlaceBooking> message, UnitOfWork work, CancellationToken cancellationToken)
    {
        var wish = message.Data;
        if (await Bookings.IsCancelledBeforeAsync(work.Transaction, wish.BookingId, cancellationToken))
            return await RejectAsync(work, wish, "The booking was cancelled before it was made.", cancellationToken);

        var (hotelExists, roomType) = await Rooms.FindAsync(work.Transaction, wish.HotelId, wish.RoomType, cancellationToken);
        var nights = BookingRules.Nights(wish.CheckIn, wish.CheckOut);
        var taken = roomType is null ? [] : await Rooms.LockNightsAsync(work.Transaction, wish.HotelId, wish.RoomType, nights, cancellationToken);

        switch (BookingRules.Decide(wish, hotelExists, roomType, taken))
        {
            case Decision.Confirmed(var total):
                if (!await Bookings.TryAddAsync(work.Transaction, wish, "confirmed", null, total, cancellationToken))
                    return Known;
                await Rooms.ChangeAsync(work.Transaction, wish.HotelId, wish.RoomType, nights, 1, cancellationToken);
                Announce(work, Messages.BookingConfirmed, new(wish.BookingId, wish.HotelId, wish.RoomType, wish.CheckIn, wish.CheckOut, wish.Guest, total));
                Announce(work, Messages.IssueInvoice, new(wish.BookingId, Today, wish.HotelId, wish.RoomType, wish.CheckIn, wish.CheckOut, wish.Guest, total));
                break;
            case Decision.Rejected(var reason):
                return await RejectAsync(work, wish, reason, cancellationToken);
        }

        return Verdict.Done;
    }

    public async Task<Verdict> CancelAsync(Received<CancelBooking> message, UnitOfWork work, CancellationToken cancellationToken)
    {
        var id = message.Data.BookingId;
        switch (await Bookings.LockAsync(work.Transaction, id, cancellationToken))
        {
            case null:
                // Its placing never came, or waits in the dead-letter queue: should it come after all, it finds this.
                await Bookings.CancelBeforeAsync(work.Transaction, id, cancellationToken);
                return Verdict.Done;
            case ("confirmed", { } booking):
                var nights = BookingRules.Nights(booking.CheckIn, booking.CheckOut);
                await Rooms.LockNightsAsync(work.Transaction, booking.HotelId, booking.RoomType, nights, cancellationToken);
                await Rooms.ChangeAsync(work.Transaction, booking.HotelId, booking.RoomType, nights, -1, cancellationToken);
                await Bookings.CancelAsync(work.Transaction, id, cancellationToken);
                Announce(work, Messages.BookingCancelled, new(id, booking.HotelId, booking.RoomType, booking.CheckIn, booking.CheckOut, booking.Guest, booking.Total));
                return Verdict.Done;
            case var (status, _):
                return Verdict.Discard($"The booking is {status}: there is nothing to cancel.");
        }
    }

    private async Task<Verdict> RejectAsync(UnitOfWork work, PlaceBooking wish, string reason, CancellationToken cancellationToken)
    {
        if (!await Bookings.TryAddAsync(work.Transaction, wish, "rejected", reason, null, cancellationToken))
            return Known;
        Announce(work, Messages.BookingRejected, new(wish.BookingId, wish.HotelId, wish.RoomType, wish.CheckIn, wish.CheckOut, wish.Guest, reason));
        return Verdict.Done;
    }

    private static Verdict Known => Verdict.Discard("The booking exists already.");

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private void Announce<T>(UnitOfWork work, Contract<T> contract, T data) => work.Add(contract, data, Source, time.GetUtcNow());
}
