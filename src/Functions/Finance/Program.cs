using Functions;
using Functions.Finance;

await using var host = new FunctionHost();
var inbox = host.Inbox("finance");

await host.RunAsync(host.Consumer("finance")
    .On(Messages.BookingConfirmed, inbox.InTransaction<BookingConfirmed>(FinanceHandler.ConfirmedAsync))
    .On(Messages.BookingCancelled, inbox.InTransaction<BookingCancelled>(FinanceHandler.CancelledAsync)),

    // A booking's entries stay in order, also behind one that could not be posted.
    options => options with { Parking = host.Parking("finance") });
