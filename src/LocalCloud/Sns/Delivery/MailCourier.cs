using System.Text;
using LocalCloud.Email;

namespace LocalCloud.Sns.Delivery;

/// <summary>Brings notifications to mail addresses: into the mailbox, as nothing leaves the machine.</summary>
internal sealed class MailCourier(Mailbox mailbox, Envelope envelopes)
{
    private const string Sender = "no-reply@sns.amazonaws.com";

    /// <summary>Asks the address to confirm: with the signed document for email-json, with a link for email.</summary>
    public void Ask(Subscription subscription, Guid id, DateTimeOffset at, byte[] question, string? baseUrl) => Send(
        subscription, $"{id}", "AWS Notification - Subscription Confirmation", at,
        subscription.Protocol == "email-json"
            ? Encoding.UTF8.GetString(question)
            : $"You have chosen to subscribe to the topic:\n{subscription.Topic.Arn}\n\nTo confirm this subscription, visit:\n{envelopes.SubscribeUrl(subscription, baseUrl)}\n");

    public void Deliver(Notification notification, Subscription subscription, byte[] envelope) => Send(
        subscription, $"{notification.Id}", notification.Subject ?? "AWS Notification Message", notification.At,
        subscription.Protocol == "email-json"
            ? Encoding.UTF8.GetString(envelope)
            : $"{notification.TextFor(subscription.Protocol)}\n\n--\nTo stop receiving notifications from this topic, visit:\n{envelopes.UnsubscribeUrl(subscription, notification.BaseUrl)}\n");

    private void Send(Subscription subscription, string id, string subject, DateTimeOffset at, string text)
    {
        var name = subscription.Topic.Attributes.GetValueOrDefault("DisplayName") is { Length: > 0 } display ? $"{display} <{Sender}>" : $"AWS Notifications <{Sender}>";
        mailbox.Add(new Mail(id, name, [subscription.Endpoint], subject, text, null, new Dictionary<string, string>(), at));
    }
}
