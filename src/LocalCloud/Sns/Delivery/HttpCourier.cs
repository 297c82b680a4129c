using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LocalCloud.Accounting;
using LocalCloud.Http;
using LocalCloud.Persistence.Topics;
using LocalCloud.Sqs;

namespace LocalCloud.Sns.Delivery;

/// <summary>Posts to HTTP endpoints in the background and tries again as the delivery policy says.</summary>
internal sealed class HttpCourier : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time;
    private readonly RequestLedger _ledger;
    private readonly Action<Notification, Subscription, NewMessage, string> _fail;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ActivityHeadersPropagator = null, MaxConnectionsPerServer = 30 }) { Timeout = Timeout };
    private readonly CancellationToken _stopped;
    private readonly Func<TopicJournal?> _journal;
    private readonly Action<Subscription, string?> _asked;
    private int _running;

    public HttpCourier(
        CloudOptions options, RequestLedger ledger, Action<Notification, Subscription, NewMessage, string> fail, Func<TopicJournal?> journal, Action<Subscription, string?> asked)
    {
        (_time, _ledger, _fail, _journal, _asked) = (options.Time, ledger, fail, journal, asked);
        _stopped = _stopping.Token;
    }

    /// <param name="notification">What was published.</param>
    /// <param name="subscription">Who gets it.</param>
    /// <param name="message">The body to post.</param>
    /// <param name="resumed">Its number in the journal, if an earlier process began the delivery.</param>
    public void Deliver(Notification notification, Subscription subscription, NewMessage message, long? resumed = null)
    {
        if (Interlocked.Increment(ref _running) > Limits.HttpDeliveries)
        {
            Interlocked.Decrement(ref _running);
            _fail(notification, subscription, message, $"{Limits.HttpDeliveries} HTTP deliveries are waiting already, the most there may be");
            End(resumed);
            return;
        }

        var number = resumed ?? _journal()?.Pending(new(subscription.Arn, notification.Id, message));
        _ = RunAsync(number, notification, subscription, message);
    }

    /// <summary>Sends a question to the endpoint, whether it wants to be subscribed or not any more.</summary>
    /// <param name="subscription">Whose endpoint.</param>
    /// <param name="type">SubscriptionConfirmation or UnsubscribeConfirmation.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="body">The signed document.</param>
    public void Ask(Subscription subscription, string type, Guid id, byte[] body) => _ = AskAsync(subscription, type, id, body);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task AskAsync(Subscription subscription, string type, Guid id, byte[] body)
    {
        var token = subscription.Token;
        // Off the subscriber's path, which holds the lock of all subscriptions.
        await Task.Yield();
        var policy = DeliveryPolicy.Of(subscription) with { PerSecond = null };
        await PostAsync(subscription, () => HttpDelivery.Request(subscription, type, id, body, policy.ContentType), payload: null, policy, _stopped);
        if (!_stopped.IsCancellationRequested)
        {
            _asked(subscription, token);
        }
    }

    // What was cut short by a stop is not over.
    private void End(long? number)
    {
        if (number is { } ended && !_stopped.IsCancellationRequested)
        {
            _journal()?.Delivered(ended);
        }
    }

    private async Task RunAsync(long? number, Notification notification, Subscription subscription, NewMessage message)
    {
        // Off the publisher's path: it must not wait for the first connection.
        await Task.Yield();
        try
        {
            var policy = DeliveryPolicy.Of(subscription);
            var failure = await PostAsync(subscription, () => HttpDelivery.Request(subscription, "Notification", notification.Id, message.Body, policy.ContentType), message.Body.Length, policy, _stopped);
            if (failure is not null)
            {
                _fail(notification, subscription, message, failure);
            }

            End(number);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    // Each attempt with a payload is counted. Null when it was delivered or the server is stopping, else why not.
    private async Task<string?> PostAsync(Subscription subscription, Func<HttpRequestMessage> request, int? payload, DeliveryPolicy policy, CancellationToken ct)
    {
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                await WaitForTurnAsync(subscription, policy, ct);
                var (failure, final) = await TryAsync(request, ct);
                if (payload is { } bytes)
                {
                    _ledger.Add(ServiceName.Sns, "Delivery:http", bytes, failed: failure is not null);
                }

                if (failure is null || final || attempt >= policy.Retry.Retries)
                {
                    return failure;
                }

                await Task.Delay(policy.Retry.DelayBefore(attempt), _time, ct);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
        catch (UriFormatException)
        {
            return $"'{subscription.Arn}' has an endpoint that is no URL";
        }
    }

    private async Task WaitForTurnAsync(Subscription subscription, DeliveryPolicy policy, CancellationToken ct)
    {
        if (policy.PerSecond is { } perSecond && subscription.Throttle.Reserve(_time.GetUtcNow(), perSecond) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, _time, ct);
        }
    }

    private async Task<(string? Failure, bool Final)> TryAsync(Func<HttpRequestMessage> create, CancellationToken ct)
    {
        try
        {
            var (status, wantsPassword) = await SendAsync(create, authorize: false, ct);
            if (wantsPassword)
            {
                (status, _) = await SendAsync(create, authorize: true, ct);
            }

            // Every other status is the endpoint's verdict on the message: it would not change. 429 only asks for patience.
            return status is >= 200 and < 300 ? (null, true) : ($"the endpoint answered {status}", status is not (429 or >= 500));
        }
        catch (HttpRequestException unreachable)
        {
            return ($"the endpoint cannot be reached: {unreachable.HttpRequestError}", false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ($"the endpoint did not answer within {Timeout.TotalSeconds} s", false);
        }
    }

    // The user and password of the endpoint's URL go out only when it asks for them.
    private async Task<(int Status, bool WantsPassword)> SendAsync(Func<HttpRequestMessage> create, bool authorize, CancellationToken ct)
    {
        using var request = create();
        var user = request.RequestUri!.UserInfo;
        if (authorize)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
        }

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var asks = response.StatusCode == HttpStatusCode.Unauthorized && response.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase));
        return ((int)response.StatusCode, asks && user.Contains(':', StringComparison.Ordinal));
    }
}
