using System.Net.Http.Headers;
using LocalCloud.Accounting;
using LocalCloud.Http;
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
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = 30 }) { Timeout = Timeout };
    private readonly CancellationToken _stopped;
    private int _running;

    public HttpCourier(CloudOptions options, RequestLedger ledger, Action<Notification, Subscription, NewMessage, string> fail)
    {
        (_time, _ledger, _fail) = (options.Time, ledger, fail);
        _stopped = _stopping.Token;
    }

    public void Deliver(Notification notification, Subscription subscription, NewMessage message)
    {
        if (Interlocked.Increment(ref _running) > Limits.HttpDeliveries)
        {
            Interlocked.Decrement(ref _running);
            _fail(notification, subscription, message, $"{Limits.HttpDeliveries} HTTP deliveries are waiting already, the most there may be");
            return;
        }

        _ = RunAsync(notification, subscription, message);
    }

    public void AskForConfirmation(Subscription subscription, Guid id, byte[] body) => _ = AskAsync(subscription, id, body);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task AskAsync(Subscription subscription, Guid id, byte[] body)
    {
        // Off the subscriber's path, which holds the lock of all subscriptions.
        await Task.Yield();
        await PostAsync(subscription, () => Request(subscription, "SubscriptionConfirmation", id, body), body.Length, RetryPolicy.Default, _stopped);
    }

    private async Task RunAsync(Notification notification, Subscription subscription, NewMessage message)
    {
        // Off the publisher's path: it must not wait for the first connection.
        await Task.Yield();
        try
        {
            var policy = RetryPolicy.Of(subscription);
            var failure = await PostAsync(subscription, () => Request(subscription, "Notification", notification.Id, message.Body), message.Body.Length, policy, _stopped);
            if (failure is not null)
            {
                _fail(notification, subscription, message, failure);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    // Null when it was delivered or the server is stopping, else why not.
    private async Task<string?> PostAsync(Subscription subscription, Func<HttpRequestMessage> request, int payload, RetryPolicy policy, CancellationToken ct)
    {
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var (failure, final) = await TryAsync(request, ct);
                _ledger.Add(ServiceName.Sns, "Delivery:http", payload, failed: failure is not null);
                if (failure is null || final || attempt >= policy.Retries)
                {
                    return failure;
                }

                await Task.Delay(policy.DelayBefore(attempt), _time, ct);
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

    // A 4xx is the endpoint's verdict on the message: it would not change. 429 only asks for patience.
    private async Task<(string? Failure, bool Final)> TryAsync(Func<HttpRequestMessage> create, CancellationToken ct)
    {
        try
        {
            using var request = create();
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var status = (int)response.StatusCode;
            return status is >= 200 and < 300 ? (null, true) : ($"the endpoint answered {status}", status is >= 400 and < 500 and not 429);
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

    private static HttpRequestMessage Request(Subscription subscription, string type, Guid id, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "UTF-8");
        request.Headers.TryAddWithoutValidation("User-Agent", "Amazon Simple Notification Service Agent");
        request.Headers.Add("x-amz-sns-message-type", type);
        request.Headers.Add("x-amz-sns-message-id", $"{id}");
        request.Headers.Add("x-amz-sns-topic-arn", subscription.Topic.Arn);
        if (type == "Notification")
        {
            request.Headers.Add("x-amz-sns-subscription-arn", subscription.Arn);
            if (subscription.IsRaw)
            {
                request.Headers.Add("x-amz-sns-rawdelivery", "true");
            }
        }

        return request;
    }
}
