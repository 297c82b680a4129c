using Functions;
using Functions.Availability;
using Messaging.RequestReply;

await using var host = new FunctionHost();
var responder = new Responder(host.Publisher.PublishAsync, "/availability", [Destinations.AvailabilityReplies], host.Time);
var handler = new AvailabilityHandler(host.Database);

await host.RunAsync(host.Consumer("availability")
    .Reply(Messages.FindAvailability.AnsweredBy(Messages.RoomsAvailable), responder, handler.FindAsync));
