using System.Text;
using LocalCloud.Accounting;
using LocalCloud.Email;
using LocalCloud.Http;
using LocalCloud.Iam;
using LocalCloud.Persistence.Topics;
using LocalCloud.Sqs;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Sns.Delivery;

/// <summary>Brings notifications to their endpoints, and to dead-letter queues what cannot be delivered.</summary>
internal sealed class Courier : IAsyncDisposable
{
    private readonly SqsService _sqs;
    private readonly Envelope _envelopes;
    private readonly HttpCourier _http;
    private readonly MailCourier _mail;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CloudOptions _options;

    public Courier(SqsService sqs, Mailbox mailbox, Envelope envelopes, RequestLedger ledger, CloudOptions options, Func<TopicJournal?> journal, Action<Subscription, string?> asked)
    {
        (_sqs, _envelopes, _options, _time) = (sqs, envelopes, options, options.Time);
        _mail = new MailCourier(mailbox, envelopes);
        _logger = options.Logs.CreateLogger<Courier>();
        _http = new HttpCourier(options, ledger, Fail, journal, asked);
    }

    /// <summary>Delivers to a queue at once, so that the order of a FIFO topic is kept; to HTTP in the background.</summary>
    public void Deliver(Notification notification, Subscription subscription)
    {
        // AWS sends attributes only with plain messages, not with MessageStructure=json.
        var sent = notification.Texts is null ? notification : notification with { Attributes = [] };
        var raw = subscription.IsRaw;
        var body = raw ? Encoding.UTF8.GetBytes(sent.TextFor(subscription.Protocol)) : _envelopes.Notification(sent, subscription);
        var message = new NewMessage(body, raw ? sent.Attributes : []) { GroupId = notification.GroupId, DeduplicationId = notification.DeduplicationId, SenderId = "AIDASNSLOCALCLOUD0000" };
        if (subscription.Protocol == "lambda")
        {
            Invoke(notification, subscription, _envelopes.Notification(sent, subscription));
        }
        else if (subscription.Protocol == "sqs")
        {
            Enqueue(notification, subscription, message);
        }
        else if (subscription.Protocol is "http" or "https")
        {
            _http.Deliver(notification, subscription, message);
        }
        else
        {
            _mail.Deliver(sent, subscription, message.Body);
        }
    }

    /// <summary>Asks the endpoint whether it wants the topic's messages; a queue need not be asked.</summary>
    public void AskForConfirmation(Subscription subscription, DateTimeOffset at, string? baseUrl)
    {
        var (id, timestamp) = (Guid.NewGuid(), new Notification(subscription.Topic, "", [], at).Timestamp);
        if (subscription.Protocol is "http" or "https")
        {
            _http.Ask(subscription, "SubscriptionConfirmation", id, _envelopes.SubscribeQuestion(subscription, id, timestamp, baseUrl));
        }
        else if (subscription.Protocol != "sqs")
        {
            _mail.Ask(subscription, id, at, _envelopes.SubscribeQuestion(subscription, id, timestamp, baseUrl), baseUrl);
        }
    }

    /// <summary>Tells an HTTP endpoint that it is not subscribed any more, and how it can be again.</summary>
    public void AskForReturn(Subscription subscription, DateTimeOffset at, string? baseUrl)
    {
        if (subscription.Protocol is "http" or "https")
        {
            var (id, timestamp) = (Guid.NewGuid(), new Notification(subscription.Topic, "", [], at).Timestamp);
            _http.Ask(subscription, "UnsubscribeConfirmation", id, _envelopes.UnsubscribeQuestion(subscription, id, timestamp, baseUrl));
        }
    }

    /// <summary>Goes on with a delivery of an earlier process.</summary>
    public void Resume(long number, PendingDelivery delivery, Subscription subscription)
    {
        var notification = new Notification(subscription.Topic, "", [], _time.GetUtcNow()) { Id = delivery.NotificationId };
        _http.Deliver(notification, subscription, delivery.Message, number);
    }

    public ValueTask DisposeAsync() => _http.DisposeAsync();

    /// <summary>Invokes a function asynchronously, by its ARN; false when it cannot take the event.</summary>
    public Func<string, byte[], bool> InvokeFunction { get; set; } = (_, _) => false;

    private void Invoke(Notification notification, Subscription subscription, byte[] envelope)
    {
        if (!InvokeFunction(subscription.Endpoint, FunctionEvent.Of(subscription.Arn, envelope)))
        {
            Fail(notification, subscription, new NewMessage(envelope, []), "the function does not exist, is not run here, or has no room for another event");
        }
    }

    private void Enqueue(Notification notification, Subscription subscription, NewMessage message)
    {
        try
        {
            Send(subscription, subscription.Endpoint, message);
        }
        catch (ServiceException refused)
        {
            Fail(notification, subscription, message, refused.Message);
        }
    }

    private void Fail(Notification notification, Subscription subscription, NewMessage message, string reason)
    {
        Log.DeliveryFailed(_logger, $"{notification.Id}", subscription.Arn, reason);
        try
        {
            Send(subscription, subscription.DeadLetterTargetArn ?? throw new ServiceException("NoDeadLetterQueue", "The subscription has no dead-letter queue."), message);
        }
        catch (ServiceException refused)
        {
            Log.DeliveryLost(_logger, $"{notification.Id}", subscription.Arn, refused.Message);
        }
    }

    private void Send(Subscription subscription, string queueArn, NewMessage message)
    {
        var queue = _sqs.FindByArn(queueArn) ?? throw SqsError.QueueDoesNotExist();
        var access = new DeliveryAccess("sns.amazonaws.com", subscription.Topic.Arn, subscription.Principal);
        if (access.Refusal(DeliveryTarget.Of(queue), _options, _sqs.Keys) is { } refusal)
        {
            throw new ServiceException("AccessDenied", refusal);
        }

        if (message.Attributes.Length > Limits.MessageAttributes)
        {
            throw SqsError.InvalidParameter($"A message with {message.Attributes.Length} attributes cannot be delivered raw: a queue takes {Limits.MessageAttributes}.");
        }

        if (message.Size > queue.Settings.MaximumMessageSize)
        {
            throw SqsError.InvalidParameter($"The message has {message.Size} bytes, queue {queue.Name} takes {queue.Settings.MaximumMessageSize}.");
        }

        MessageRules.CheckCharacters(message.Body);
        queue.Send(queue.Settings.IsFifo ? message : message with { DeduplicationId = null });
    }
}
