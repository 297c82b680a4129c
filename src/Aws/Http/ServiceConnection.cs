using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml;
using Amazon.Runtime;
using Aws.Credentials;
using Aws.Signing;

namespace Aws.Http;

/// <summary>Writes, signs and sends a service's requests, as often as the retry policy allows, and reads the answers.</summary>
internal sealed class ServiceConnection : IDisposable
{
    public const string UserAgent = "aws-lean-dotnet";

    private const int MaxAnswerSize = 16 * 1024 * 1024;

    // One pool of connections for all clients. A connection is renewed now and then, because DNS changes.
    private static readonly HttpMessageInvoker _pool = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        UseCookies = false,
    });

    private readonly ServiceProtocol _protocol;
    private readonly CredentialSource _credentials;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;
    private readonly RetryPolicy _retries;
    private readonly TimeSpan _timeout;
    private readonly Uri _address;
    private readonly string _host;
    private readonly string _region;
    private readonly string _service;
    private CachedKey? _key;
    private FormattedTime? _formatted;
    private bool _disposed;

    public ServiceConnection(ClientConfig config, AWSCredentials? credentials, ServiceProtocol protocol, TimeProvider time)
    {
        var endpoint = ServiceEndpoint.Resolve(config, protocol.EndpointVariable);
        _protocol = protocol;
        _credentials = CredentialSource.Of(credentials ?? config.DefaultAWSCredentials, config, time);
        _time = time;
        _http = config.HttpClientFactory?.CreateHttpClient(config) ?? _pool;
        _retries = new RetryPolicy(config);
        _timeout = config.Timeout ?? TimeSpan.FromSeconds(100);
        _address = new UriBuilder(endpoint.Address) { Path = endpoint.Address.AbsolutePath.TrimEnd('/') + protocol.Path }.Uri;
        _host = _address.IsDefaultPort ? _address.IdnHost : $"{_address.IdnHost}:{_address.Port}";
        _region = endpoint.Region;
        _service = config.AuthenticationServiceName;
    }

    public async Task<TResponse> SendAsync<TRequest, TResponse>(
        Operation<TRequest, TResponse> operation,
        TRequest request,
        CancellationToken cancellation)
        where TResponse : AmazonWebServiceResponse
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var body = new PooledBuffer(1024);
        operation.Write(body, request);
        for (var attempt = 1; ; attempt++)
        {
            bool throttled;
            try
            {
                using var answer = await ExchangeAsync(body, operation.Target, cancellation);
                if ((int)answer.Status is >= 200 and < 300)
                {
                    var response = Read(operation, answer);
                    // Only now is it sure that nothing sends from this memory any more; when an attempt breaks off, it is left to the collector.
                    body.Dispose();
                    return response;
                }

                var error = ServiceErrors.Read(_protocol, _host, answer);
                throttled = RetryPolicy.IsThrottled(answer.Status, error.Type);
                if (attempt >= _retries.MaxAttempts || !(throttled || RetryPolicy.IsTransient(answer.Status, error.Type)))
                    throw error.Exception;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException && attempt < _retries.MaxAttempts)
            {
                throttled = false;
            }

            await Task.Delay(RetryPolicy.Backoff(attempt, throttled), _time, cancellation);
        }
    }

    public void Dispose() => _disposed = true;

    // Awaited once and at once, so what it needs while it waits can be used again.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Answer> ExchangeAsync(PooledBuffer body, string? target, CancellationToken cancellation)
    {
        var credentials = await _credentials.GetAsync(cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(body.Bytes.AsMemory(0, body.Length)) };
        Sign(request, body.Written, target, credentials);
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = cancellation.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token) : null;
        var stop = either?.Token ?? timeout.Token;
        try
        {
            using var response = await _http.SendAsync(request, stop);
            return new Answer(
                response.StatusCode,
                Header(response, "x-amzn-RequestId"),
                Header(response, "x-amzn-query-error"),
                Header(response, "x-amzn-ErrorType"),
                await BoundedBody.ReadAsync(response.Content, MaxAnswerSize, stop));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{_protocol.Name} at {_host} did not answer within {_timeout.TotalSeconds:0.###} s.");
        }
    }

    private void Sign(HttpRequestMessage request, ReadOnlySpan<byte> payload, string? target, ImmutableCredentials credentials)
    {
        Span<char> payloadHash = stackalloc char[64];
        Sha256.HashHex(payload, payloadHash);
        var time = Time();
        SignedHeaders room = default;
        Span<KeyValuePair<string, string>> headers = room;
        var count = 0;
        headers[count++] = new("content-type", _protocol.ContentType);
        headers[count++] = new("host", _host);
        headers[count++] = new("x-amz-date", time);
        if (credentials.UseToken)
            headers[count++] = new("x-amz-security-token", credentials.Token);
        if (target is not null)
            headers[count++] = new("x-amz-target", target);
        var authorization = SigV4.Authorization(
            KeyFor(credentials, time), time, "POST", _address.AbsolutePath, "", headers[..count], payloadHash);

        request.Content!.Headers.TryAddWithoutValidation("Content-Type", _protocol.ContentType);
        for (var i = 2; i < count; i++)
            request.Headers.TryAddWithoutValidation(headers[i].Key, headers[i].Value);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
    }

    // Formatted once a second.
    private string Time()
    {
        var now = _time.GetUtcNow();
        var second = now.UtcTicks / TimeSpan.TicksPerSecond;
        var cached = _formatted;
        if (cached is null || cached.Second != second)
            _formatted = cached = new(second, SigV4.FormatTime(now));
        return cached.Text;
    }

    private SigV4Key KeyFor(ImmutableCredentials credentials, string time)
    {
        var day = time.AsSpan(0, 8);
        var cached = _key;
        if (cached is not null && cached.Secret == credentials.SecretKey && cached.Key.AccessKeyId == credentials.AccessKey && cached.Key.Scope.AsSpan().StartsWith(day))
            return cached.Key;
        var key = SigV4Key.Derive(credentials.AccessKey, credentials.SecretKey, day.ToString(), _region, _service);
        _key = new CachedKey(credentials.SecretKey, key);
        return key;
    }

    private TResponse Read<TRequest, TResponse>(Operation<TRequest, TResponse> operation, Answer answer)
        where TResponse : AmazonWebServiceResponse
    {
        TResponse response;
        try
        {
            response = operation.Read(answer.Body.Bytes, answer.Body.Length);
        }
        catch (Exception exception) when (exception is JsonException or XmlException or InvalidOperationException or FormatException)
        {
            throw new AmazonUnmarshallingException($"The answer of {_protocol.Name} at {_host} cannot be read.", "", exception);
        }

        response.HttpStatusCode = answer.Status;
        response.ContentLength = answer.Body.Length;
        response.ResponseMetadata = new ResponseMetadata { RequestId = answer.RequestId };
        return response;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private sealed record CachedKey(string Secret, SigV4Key Key);

    private sealed record FormattedTime(long Second, string Text);

    [InlineArray(5)]
    private struct SignedHeaders
    {
        private KeyValuePair<string, string> _first;
    }
}
