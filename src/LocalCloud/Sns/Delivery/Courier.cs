using System.Text;
using LocalCloud.Accounting;
using LocalCloud.Http;
using LocalCloud.Sqs;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Sns.Delivery;

/// <summary>Brings notifications to their endpoints, and to dead-letter queues what cannot be delivered.</summary>
internal sealed class Courier : IAsyncDisposable
{
    private readonly SqsService _sqs;
    private readonly Envelope _envelopes;
    private readonly HttpCourier _http;
    private readonly ILogger _logger;
    private readonly CloudOptions _options;

    public Courier(SqsService sqs, Envelope envelopes, RequestLedger ledger, CloudOptions options)
    {
        (_sqs, _envelopes, _options) = (sqs, envelopes, options);
        _logger = options.Logs.CreateLogger<Courier>();
        _http = new HttpCourier(options, ledger, Fail);
    }

    /// <summary>Delivers to a queue at once, so that the order of a FIFO topic is kept; to HTTP in the background.</summary>
    public void Deliver(Notification notification, Subscription subscription)
    {
        // AWS sends attributes only with plain messages, not with MessageStructure=json.
        var sent = notification.Texts is null ? notification : notification with { Attributes = [] };
        var raw = subscription.IsRaw;
        var body = raw ? Encoding.UTF8.GetBytes(sent.TextFor(subscription.Protocol)) : _envelopes.Notification(sent, subscription);
        var message = new NewMessage(body, raw ? sent.Attributes : []) { GroupId = notification.GroupId, DeduplicationId = notification.DeduplicationId, SenderId = "AIDASNSLOCALCLOUD0000" };
        if (subscription.Protocol == "sqs")
        {
            Enqueue(notification, subscription, message);
        }
        else
        {
            _http.Deliver(notification, subscription, message);
        }
    }

    public void AskForConfirmation(Subscription subscription, DateTimeOffset at)
    {
        if (subscription.Protocol is "http" or "https")
        {
            var id = Guid.NewGuid();
            _http.AskForConfirmation(subscription, id, _envelopes.Confirmation(subscription, id, new Notification(subscription.Topic, "", [], at).Timestamp));
        }
    }

    public ValueTask DisposeAsync() => _http.DisposeAsync();

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
        if (QueueAccess.Refusal(queue, subscription, _options, _sqs.Keys) is { } refusal)
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
