using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Aws.Http;

namespace Aws.Credentials;

/// <summary>
/// Credentials from the container endpoint (ECS, EKS, SnapStart): AWS_CONTAINER_CREDENTIALS_FULL_URI or …_RELATIVE_URI, with the authorization in
/// AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE or …_TOKEN. They are fetched again 5 minutes before they end; when that fails, the old ones serve until they do.
/// </summary>
internal sealed class ContainerCredentials(Uri endpoint, TimeProvider time) : CredentialSource
{
    private const int MaxAnswerSize = 64 * 1024;
    private static readonly TimeSpan _refreshBefore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(10);
    private static readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    // One question at a time, for all clients of the process.
    private static readonly SemaphoreSlim _one = new(1);
    private volatile Held? _held;

    public static ContainerCredentials? FromEnvironment(TimeProvider time)
    {
        if (Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { } relative)
            return new(new Uri(new Uri("http://169.254.170.2/"), relative), time);
        if (Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not { } full)
            return null;
        return Uri.TryCreate(full, UriKind.Absolute, out var uri) && MayAsk(uri)
            ? new(uri, time)
            : throw new AmazonClientException(
                $"AWS_CONTAINER_CREDENTIALS_FULL_URI is '{full}'. Credentials are fetched only over https, or from this machine and the addresses of ECS and EKS.");
    }

    public override async ValueTask<ImmutableCredentials> GetAsync(CancellationToken cancellation)
    {
        var held = _held;
        if (held is not null && time.GetUtcNow() < held.RefreshAt)
            return held.Credentials;
        await _one.WaitAsync(cancellation);
        try
        {
            held = _held;
            var now = time.GetUtcNow();
            if (held is not null && now < held.RefreshAt)
                return held.Credentials;
            try
            {
                _held = held = await FetchAsync(cancellation);
            }
            catch (Exception exception) when (held is not null && now < held.Expiry && exception is not OperationCanceledException)
            {
                _held = held with { RefreshAt = now + _retryAfter };
            }

            return held.Credentials;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<Held> FetchAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        if (await AuthorizationAsync(cancellation) is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new AmazonClientException($"The credentials endpoint {endpoint.Authority} answered {(int)response.StatusCode}.");
            using var body = await BoundedBody.ReadAsync(response.Content, MaxAnswerSize, cancellation);
            return Read(body);
        }
        catch (HttpRequestException exception)
        {
            throw new AmazonClientException($"The credentials endpoint {endpoint.Authority} cannot be reached.", exception);
        }
    }

    private Held Read(PooledBuffer body)
    {
        string? id = null, secret = null, token = null;
        var expiry = DateTimeOffset.MaxValue;
        try
        {
            var json = new Utf8JsonReader(body.Written);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString();
                json.Read();
                switch (name)
                {
                    case "AccessKeyId":
                        id = json.GetString();
                        break;
                    case "SecretAccessKey":
                        secret = json.GetString();
                        break;
                    case "Token":
                        token = json.GetString();
                        break;
                    case "Expiration" when json.TokenType == JsonTokenType.String:
                        expiry = json.GetDateTimeOffset();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The exception is left out: it could quote the answer.
            id = null;
        }

        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(secret))
            throw new AmazonClientException($"The answer of the credentials endpoint {endpoint.Authority} has no AccessKeyId and SecretAccessKey.");
        var refreshAt = expiry == DateTimeOffset.MaxValue ? expiry : expiry - _refreshBefore;
        var soonest = time.GetUtcNow() + _retryAfter;
        return new Held(new ImmutableCredentials(id, secret, token), expiry, refreshAt > soonest ? refreshAt : soonest);
    }

    private static async Task<string?> AuthorizationAsync(CancellationToken cancellation) =>
        // The file is read every time: EKS renews it.
        Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { } file
            ? (await File.ReadAllTextAsync(file, cancellation)).Trim()
            : Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");

    private static bool MayAsk(Uri uri) => uri.Scheme == Uri.UriSchemeHttps ||
        (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || uri.Host is "169.254.170.2" or "169.254.170.23" or "[fd00:ec2::23]"));

    private sealed record Held(ImmutableCredentials Credentials, DateTimeOffset Expiry, DateTimeOffset RefreshAt);
}
