using System.Text.Json;
using Amazon.SimpleEmailV2.Model;
using Aws.Http;

namespace Amazon.SimpleEmailV2;

/// <summary>SES's operation in REST JSON.</summary>
internal static class SesProtocol
{
    public static readonly ServiceProtocol Service = new(
        "SES", "SESV2", "/v2/email/outbound-emails", "application/json", JsonBody.ReadError, SesErrors.Create);

    public static readonly Operation<SendEmailRequest, SendEmailResponse> SendEmail = new(
        null,
        static (body, request) =>
        {
            using var written = JsonBody.Writer(body, out var json);
            json.WriteStartObject();
            json.WriteText("ConfigurationSetName"u8, request.ConfigurationSetName);
            json.WriteText("FromEmailAddress"u8, request.FromEmailAddress);
            json.WriteText("FeedbackForwardingEmailAddress"u8, request.FeedbackForwardingEmailAddress);
            json.WriteTexts("ReplyToAddresses"u8, request.ReplyToAddresses);
            Write(json, request.Destination);
            Write(json, request.Content?.Simple);
            Write(json, request.EmailTags);
            json.WriteEndObject();
        },
        static (bytes, length) => JsonBody.Read(bytes, length, new SendEmailResponse(), static (ref Utf8JsonReader json, SendEmailResponse response) =>
        {
            if (!json.ValueTextEquals("MessageId"u8))
                return false;
            response.MessageId = JsonBody.ReadText(ref json)!;
            return true;
        }));

    private static void Write(Utf8JsonWriter json, Destination? destination)
    {
        if (destination is null)
            return;
        json.WriteStartObject("Destination"u8);
        json.WriteTexts("ToAddresses"u8, destination.ToAddresses);
        json.WriteTexts("CcAddresses"u8, destination.CcAddresses);
        json.WriteTexts("BccAddresses"u8, destination.BccAddresses);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Message? message)
    {
        if (message is null)
            return;
        json.WriteStartObject("Content"u8);
        json.WriteStartObject("Simple"u8);
        Write(json, "Subject"u8, message.Subject);
        if (message.Body is { } body)
        {
            json.WriteStartObject("Body"u8);
            Write(json, "Text"u8, body.Text);
            Write(json, "Html"u8, body.Html);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, Content? content)
    {
        if (content is null)
            return;
        json.WriteStartObject(name);
        json.WriteText("Data"u8, content.Data);
        json.WriteText("Charset"u8, content.Charset);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, List<MessageTag>? tags)
    {
        if (tags is null or { Count: 0 })
            return;
        json.WriteStartArray("EmailTags"u8);
        foreach (var tag in tags)
        {
            json.WriteStartObject();
            json.WriteText("Name"u8, tag.Name);
            json.WriteText("Value"u8, tag.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
