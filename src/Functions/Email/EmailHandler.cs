using Amazon.SimpleEmailV2;
using Amazon.SimpleEmailV2.Model;

namespace Functions.Email;

/// <summary>Writes to the guest. SES knows no idempotency key: the inbox's lease keeps a letter from going out twice, but for a crash
/// between its sending and our row.</summary>
internal sealed class EmailHandler(IAmazonSimpleEmailServiceV2 ses, string from)
{
    public Task<Verdict> ConfirmedAsync(Received<BookingConfirmed> message, CancellationToken cancellationToken) =>
        SendAsync(message.Data.BookingId, message.Data.Guest, Letters.Confirmed(message.Data), cancellationToken);

    public Task<Verdict> RejectedAsync(Received<BookingRejected> message, CancellationToken cancellationToken) =>
        SendAsync(message.Data.BookingId, message.Data.Guest, Letters.Rejected(message.Data), cancellationToken);

    public Task<Verdict> CancelledAsync(Received<BookingCancelled> message, CancellationToken cancellationToken) =>
        SendAsync(message.Data.BookingId, message.Data.Guest, Letters.Cancelled(message.Data), cancellationToken);

    private async Task<Verdict> SendAsync(Guid bookingId, Guest guest, Letter letter, CancellationToken cancellationToken)
    {
        var request = new SendEmailRequest
        {
            FromEmailAddress = from,
            Destination = new() { ToAddresses = [guest.Email] },
            Content = new() { Simple = new() { Subject = Utf8(letter.Subject), Body = new() { Text = Utf8(letter.Text) } } },
            EmailTags = [new() { Name = "booking", Value = bookingId.ToString() }],
        };

        try
        {
            await ses.SendEmailAsync(request, cancellationToken);
            return Verdict.Done;
        }
        catch (AmazonSimpleEmailServiceV2Exception e) when (e is MessageRejectedException or BadRequestException)
        {
            return Verdict.DeadLetter($"SES will not send this mail: {e.ErrorCode}.");
        }
        catch (AmazonSimpleEmailServiceV2Exception e)
        {
            // Not thrown on: SES's own sentence can name the recipient, and an exception is logged.
            return Verdict.Retry($"SES answered {(int)e.StatusCode} {e.ErrorCode}.");
        }
    }

    private static Content Utf8(string text) => new() { Charset = "UTF-8", Data = text };
}
