using Functions;
using Functions.Partner;

await using var host = new FunctionHost();
using var http = new HttpClient { BaseAddress = PartnerHandler.BaseAddress(FunctionHost.Required("PARTNER_URL")), Timeout = TimeSpan.FromSeconds(10) };
var inbox = host.Inbox("partner");
var handler = new PartnerHandler(http, host.Time);

await host.RunAsync(host.Consumer("partner")
    .On(Messages.BookingConfirmed, inbox.WithLease<BookingConfirmed>(handler.ConfirmedAsync))
    .On(Messages.BookingCancelled, inbox.WithLease<BookingCancelled>(handler.CancelledAsync)),

    // The partner's pace: one call at a time in each of the mapping's invocations.
    options => options with { Concurrency = 1 });
