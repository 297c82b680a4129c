using System.Diagnostics;
using Messaging.Diagnostics;
using Messaging.Envelope;
using Messaging.Publishing;

namespace Functions.BookingApi;

/// <summary>Puts commands into the queue: what is accepted is in it before the client hears so.</summary>
internal sealed class Acceptance(Publisher publisher, TimeProvider time)
{
    private const string Source = "/booking-api";

    /// <summary>The booking's id is the message's too, so that the same booking sent twice is one.</summary>
    public Task<string?> PlaceAsync(PlaceBooking command, CancellationToken cancellationToken) =>
        SendAsync(Messages.PlaceBooking, command, command.BookingId.ToString(), command.BookingId, cancellationToken);

    /// <summary>An id of its own each time: a cancellation that came too early must not swallow a later one.</summary>
    public Task<string?> CancelAsync(Guid id, CancellationToken cancellationToken) =>
        SendAsync(Messages.CancelBooking, new(id), Guid.CreateVersion7(time.GetUtcNow()).ToString(), id, cancellationToken);

    /// <summary>Null where the queue has it, else why not.</summary>
    private async Task<string?> SendAsync<T>(Contract<T> contract, T command, string messageId, Guid bookingId, CancellationToken cancellationToken)
    {
        var attributes = new CloudEvent(messageId, Source, contract.Type, time.GetUtcNow())
        {
            CorrelationId = bookingId.ToString(),
            TraceParent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01",
        };
        var message = contract.ToMessage(command, attributes);
        FailPoint.Before(Step.Accept);
        try
        {
            await publisher.PublishAsync(message, cancellationToken);
        }
        catch (PublishException e)
        {
            return e.Failures[0].Reason;
        }

        FailPoint.After(Step.Accept);
        return null;
    }
}
