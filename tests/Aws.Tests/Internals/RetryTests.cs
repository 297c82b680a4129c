using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Aws.Tests.Loopback;

namespace Aws.Tests.Internals;

public class RetryTests
{
    private static readonly AWSCredentials _credentials = new BasicAWSCredentials("AKIDEXAMPLE", "secret");
    private readonly FakeTime _time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failure_of_the_service_is_tried_again_with_a_growing_wait()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(500), new Answer(503, "<html>"), new Answer(200, """{"MessageId":"m-1"}"""));
        using var client = Client(server.Url);

        var response = await client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation);

        Assert.Equal("m-1", response.MessageId);
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Body).Distinct());
        Assert.Equal(2, _time.Waits.Count);
        Assert.InRange(_time.Waits[0], TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
        Assert.InRange(_time.Waits[1], TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_throttled_request_is_tried_again_after_a_longer_wait()
    {
        await using var server = await LoopbackServer.StartAsync(
            new Answer(400, """{"__type":"com.amazonaws.sqs#RequestThrottled"}"""), new Answer(200, """{"MessageId":"m-1"}"""));
        using var client = Client(server.Url);

        await client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation);

        Assert.Equal(2, server.Requests.Count);
        Assert.InRange(Assert.Single(_time.Waits), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task After_three_attempts_the_last_error_is_thrown()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(503, "no JSON"));
        using var client = Client(server.Url);

        var error = await Assert.ThrowsAsync<AmazonSQSException>(() => client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation));

        Assert.Equal(3, server.Requests.Count);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, ErrorType.Receiver), (error.StatusCode, error.ErrorType));
        Assert.DoesNotContain("no JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_can_forbid_retries()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(503));
        using var client = Client(server.Url, config => config.MaxErrorRetry = 0);

        await Assert.ThrowsAsync<AmazonSQSException>(() => client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_and_then_thrown()
    {
        using var client = Client($"http://127.0.0.1:{ClosedPort()}");

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation));

        Assert.Equal(2, _time.Waits.Count);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_a_timeout()
    {
        var never = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(new Answer(200, Until: never.Task));
        using var client = Client(server.Url, config =>
        {
            config.MaxErrorRetry = 0;
            config.Timeout = TimeSpan.FromSeconds(2);
        });

        var error = await Assert.ThrowsAsync<TimeoutException>(() => client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation));

        Assert.Contains("within 2 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_caller_can_cancel_a_request_that_is_under_way()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var never = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((_, _) =>
        {
            cancel.Cancel();
            return new Answer(200, Until: never.Task);
        });
        using var client = Client(server.Url);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendMessageAsync(new SendMessageRequest("q", "text"), cancel.Token));
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, new string(' ', 17 * 1024 * 1024)));
        using var client = Client(server.Url, config => config.MaxErrorRetry = 0);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation));

        Assert.Contains("16777216", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_not_JSON_is_named_as_such()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, "<html>secret</html>"));
        using var client = Client(server.Url);

        var error = await Assert.ThrowsAsync<AmazonUnmarshallingException>(
            () => client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation));

        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_signature_does_not_spell_out_the_request()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(
            403, """{"__type":"SignatureDoesNotMatch","message":"The signature does not match.\n\nThe Canonical String should have been\nx-amz-security-token:token"}"""));
        using var client = Client(server.Url);

        var error = await Assert.ThrowsAsync<AmazonSQSException>(() => client.SendMessageAsync(new SendMessageRequest("q", "text"), Cancellation));

        Assert.Equal("The signature does not match.", error.Message);
    }

    private AmazonSQSClient Client(string url, Action<AmazonSQSConfig>? configure = null)
    {
        var config = new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = "eu-west-1" };
        configure?.Invoke(config);
        return new AmazonSQSClient(_credentials, config, _time);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
