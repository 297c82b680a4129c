using System.Buffers;
using System.Text.Json;
using LocalCloud.Http;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Email;

/// <summary>SES v2 over REST and JSON: SendEmail into the mailbox.</summary>
internal sealed class SesProtocol(Mailbox mailbox, TimeProvider time) : IService
{
    public string Name => ServiceName.Ses;

    public int LargestBody => Limits.RequestBytes;

    public string? ActionOf(Call call) =>
        call.Http.Request.Path == "/v2/email/outbound-emails" && HttpMethods.IsPost(call.Http.Request.Method) ? nameof(SendEmail) : null;

    public Task HandleAsync(Call call)
    {
        if (ActionOf(call) is null)
        {
            throw new ServiceException("NotFoundException", "LocalCloud's SES has POST /v2/email/outbound-emails (SendEmail) only.", status: 404);
        }

        var mail = SendEmail.Read(call.Body, time.GetUtcNow());
        SenderAccess.Demand(call, mail.From);
        mailbox.Add(mail);
        return call.AnswerAsync(200, "application/json", Write("MessageId", mail.MessageId));
    }

    public Task RefuseAsync(Call call, ServiceException error)
    {
        call.Http.Response.Headers["x-amzn-ErrorType"] = error.Type;
        return call.AnswerAsync(error.Status, "application/json", Write("message", error.Message));
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
