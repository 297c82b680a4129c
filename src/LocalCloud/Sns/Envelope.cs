using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <summary>The JSON documents around messages: signed, as SNS sends them where delivery is not raw.</summary>
internal sealed class Envelope(Func<Uri> endpoint, Signer signer)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>The notification as the subscription's endpoint gets it.</summary>
    public byte[] Notification(Notification notification, Subscription subscription) => Write(json =>
    {
        var text = notification.TextFor(subscription.Protocol);
        json.WriteString("Type"u8, "Notification");
        json.WriteString("MessageId"u8, notification.Id);
        if (notification.SequenceNumber is { } number)
        {
            json.WriteString("SequenceNumber"u8, $"{number}");
        }

        json.WriteString("TopicArn"u8, notification.Topic.Arn);
        if (notification.Subject is not null)
        {
            json.WriteString("Subject"u8, notification.Subject);
        }

        json.WriteString("Message"u8, text);
        json.WriteString("Timestamp"u8, notification.Timestamp);
        // FIFO topics do not sign.
        if (!notification.Topic.IsFifo)
        {
            WriteSignature(json, notification.Topic, notification.BaseUrl ?? Base, Canonical("Message", text, "MessageId", $"{notification.Id}", "Subject", notification.Subject,
                "Timestamp", notification.Timestamp, "TopicArn", notification.Topic.Arn, "Type", "Notification"));
        }

        json.WriteString("UnsubscribeURL"u8, UnsubscribeUrl(subscription, notification.BaseUrl));
        if (notification.IsReplayed)
        {
            json.WriteString("Replayed"u8, "true");
        }

        WriteAttributes(json, notification.Attributes);
    });

    /// <summary>The question whether an endpoint wants the topic's messages.</summary>
    public byte[] SubscribeQuestion(Subscription subscription, Guid id, string timestamp, string? baseUrl) => Question(
        "SubscriptionConfirmation", subscription, id, timestamp, baseUrl,
        $"You have chosen to subscribe to the topic {subscription.Topic.Arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.");

    /// <summary>The question whether an endpoint that was unsubscribed wants to come back.</summary>
    public byte[] UnsubscribeQuestion(Subscription subscription, Guid id, string timestamp, string? baseUrl) => Question(
        "UnsubscribeConfirmation", subscription, id, timestamp, baseUrl,
        $"You have chosen to deactivate subscription {subscription.Arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.");

    /// <summary>The link that confirms a subscription.</summary>
    public string SubscribeUrl(Subscription subscription, string? baseUrl) =>
        $"{baseUrl ?? Base}/?Action=ConfirmSubscription&TopicArn={subscription.Topic.Arn}&Token={subscription.Token}";

    /// <summary>The link that ends a subscription.</summary>
    public string UnsubscribeUrl(Subscription subscription, string? baseUrl) => $"{baseUrl ?? Base}/?Action=Unsubscribe&SubscriptionArn={subscription.Arn}";

    private byte[] Question(string type, Subscription subscription, Guid id, string timestamp, string? baseUrl, string text) => Write(json =>
    {
        var topic = subscription.Topic;
        var url = SubscribeUrl(subscription, baseUrl);
        json.WriteString("Type"u8, type);
        json.WriteString("MessageId"u8, id);
        json.WriteString("Token"u8, subscription.Token);
        json.WriteString("TopicArn"u8, topic.Arn);
        json.WriteString("Message"u8, text);
        json.WriteString("SubscribeURL"u8, url);
        json.WriteString("Timestamp"u8, timestamp);
        WriteSignature(json, topic, baseUrl ?? Base, Canonical("Message", text, "MessageId", $"{id}", "SubscribeURL", url, "Timestamp", timestamp,
            "Token", subscription.Token, "TopicArn", topic.Arn, "Type", type));
    });

    // A server that listens on every address has none that a link could use.
    private string Base => endpoint() is var uri && uri.Host is "0.0.0.0" or "[::]" ? $"http://127.0.0.1:{uri.Port}" : uri.GetLeftPart(UriPartial.Authority);

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Relaxed);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // Name and value of each member, in byte order of the names, a line feed after each; a member without value is left out.
    private static byte[] Canonical(params ReadOnlySpan<string?> members)
    {
        var text = new StringBuilder();
        for (var i = 0; i < members.Length; i += 2)
        {
            if (members[i + 1] is { } value)
            {
                text.Append(members[i]).Append('\n').Append(value).Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void WriteSignature(Utf8JsonWriter json, Topic topic, string baseUrl, byte[] canonical)
    {
        json.WriteString("SignatureVersion"u8, topic.SignsWithSha256 ? "2" : "1");
        json.WriteString("Signature"u8, signer.Sign(canonical, topic.SignsWithSha256));
        json.WriteString("SigningCertURL"u8, baseUrl + signer.CertificatePath);
    }

    private static void WriteAttributes(Utf8JsonWriter json, MessageAttribute[] attributes)
    {
        if (attributes.Length == 0)
        {
            return;
        }

        json.WriteStartObject("MessageAttributes"u8);
        foreach (var attribute in attributes)
        {
            json.WriteStartObject(attribute.Name);
            json.WriteString("Type"u8, attribute.DataType);
            json.WriteString("Value"u8, attribute.Text ?? Convert.ToBase64String(attribute.Binary!));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
