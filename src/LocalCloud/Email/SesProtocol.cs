using System.Buffers;
using System.Text.Json;
using LocalCloud.Http;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Email;

/// <summary>SES v2 over REST and JSON: SendEmail into the mailbox.</summary>
internal sealed class SesProtocol(Mailbox mailbox, TimeProvider time)
{
    public Task HandleAsync(Call call, bool tooLarge)
    {
        try
        {
            if (call.Http.Request.Path != "/v2/email/outbound-emails" || !HttpMethods.IsPost(call.Http.Request.Method))
            {
                throw new ServiceException("NotFoundException", "LocalCloud's SES has POST /v2/email/outbound-emails (SendEmail) only.", status: 404);
            }

            if (tooLarge)
            {
                throw new ServiceException("RequestEntityTooLargeException", $"The request is longer than {Limits.RequestBytes} bytes.", status: 413);
            }

            var mail = SendEmail.Read(call.Body, time.GetUtcNow());
            mailbox.Add(mail);
            return call.AnswerAsync(200, "application/json", Write("MessageId", mail.MessageId));
        }
        catch (ServiceException error)
        {
            call.Http.Response.Headers["x-amzn-ErrorType"] = error.Type;
            return call.AnswerAsync(error.Status, "application/json", Write("message", error.Message));
        }
    }

    private static ReadOnlyMemory<byte> Write(string member, string value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString(member, value);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
