using Functions;
using Functions.Booking;

await using var host = new FunctionHost();
var inbox = host.Inbox("booking");
var handler = new BookingHandler(host.Time);

await host.RunAsync(host.Consumer("booking")
    .On(Messages.PlaceBooking, inbox.InTransaction<PlaceBooking>(handler.PlaceAsync))
    .On(Messages.CancelBooking, inbox.InTransaction<CancelBooking>(handler.CancelAsync)));
