using Amazon.SimpleEmailV2;
using Functions;
using Functions.Email;

await using var host = new FunctionHost();
using var ses = new AmazonSimpleEmailServiceV2Client();
var inbox = host.Inbox("email");
var handler = new EmailHandler(ses, FunctionHost.Required("MAIL_FROM"));

await host.RunAsync(host.Consumer("email")
    .On(Messages.BookingConfirmed, inbox.WithLease<BookingConfirmed>(handler.ConfirmedAsync))
    .On(Messages.BookingRejected, inbox.WithLease<BookingRejected>(handler.RejectedAsync))
    .On(Messages.BookingCancelled, inbox.WithLease<BookingCancelled>(handler.CancelledAsync)));
