using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Aws.Tests.Loopback;

namespace Aws.Tests.Internals;

public class ContainerCredentialsTests
{
    private readonly FakeTime _time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_fetched_with_the_token_once_and_again_before_they_end()
    {
        await using var server = await LoopbackServer.StartAsync((request, number) => request.Method == "GET"
            ? new Answer(200, $$"""{"AccessKeyId":"AKID{{number}}","SecretAccessKey":"s","Token":"t","Expiration":"2026-11-20T13:00:00Z"}""")
            : new Answer(200));
        using var environment = Container(server, ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Bearer x"));
        using var client = new AmazonSQSClient(null, new AmazonSQSConfig(), _time);

        await SendAsync(client);
        await SendAsync(client);
        _time.Now += TimeSpan.FromMinutes(56);
        await SendAsync(client);

        Assert.Equal(["GET /creds", "POST /", "POST /", "GET /creds", "POST /"], server.Requests.Select(request => $"{request.Method} {request.Target}"));
        Assert.All(server.Requests.Where(request => request.Method == "GET"), request => Assert.Equal("Bearer x", request.Headers["Authorization"]));
        var signed = server.Requests.Where(request => request.Method == "POST").Select(request => request.Headers["Authorization"].Split('/')[0]);
        Assert.Equal(["AKID1", "AKID1", "AKID4"], signed.Select(authorization => authorization.Split('=')[1]));
    }

    [Fact]
    public async Task When_they_cannot_be_renewed_the_old_ones_serve_until_they_end()
    {
        await using var server = await LoopbackServer.StartAsync((request, number) => request.Method switch
        {
            "GET" when number == 1 => new Answer(200, """{"AccessKeyId":"AKID","SecretAccessKey":"s","Expiration":"2026-11-20T13:00:00Z"}"""),
            "GET" => new Answer(500),
            _ => new Answer(200),
        });
        using var environment = Container(server);
        using var client = new AmazonSQSClient(null, new AmazonSQSConfig(), _time);

        await SendAsync(client);
        _time.Now += TimeSpan.FromMinutes(58);
        await SendAsync(client);
        _time.Now += TimeSpan.FromMinutes(3);
        var error = await Assert.ThrowsAsync<AmazonClientException>(() => SendAsync(client));

        Assert.Equal(2, server.Requests.Count(request => request.Method == "POST"));
        Assert.Contains("answered 500", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_file_is_read_for_every_fetch()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, """{"AccessKeyId":"AKID","SecretAccessKey":"s"}"""));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "from the file\n", Cancellation);
        using var environment = Container(server, ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file));
        using var client = new AmazonSQSClient(null, new AmazonSQSConfig(), _time);

        await SendAsync(client);

        Assert.Equal("from the file", server.Requests.First().Headers["Authorization"]);
        File.Delete(file);
    }

    [Fact]
    public async Task An_answer_without_keys_is_refused_and_not_quoted()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, """{"SecretAccessKey":"topsecret"}"""));
        using var environment = Container(server);
        using var client = new AmazonSQSClient(null, new AmazonSQSConfig(), _time);

        var error = await Assert.ThrowsAsync<AmazonClientException>(() => SendAsync(client));

        Assert.DoesNotContain("topsecret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_not_fetched_in_the_clear_from_elsewhere()
    {
        using var environment = new EnvironmentScope(("AWS_REGION", "eu-west-1"), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/creds"));

        var error = Assert.Throws<AmazonClientException>(() => new AmazonSQSClient());

        Assert.Contains("http://example.com/creds", error.Message, StringComparison.Ordinal);
    }

    private static EnvironmentScope Container(LoopbackServer server, params (string, string?)[] variables) => EnvironmentScope.With(
        server,
        [("AWS_ACCESS_KEY_ID", null), ("AWS_SECRET_ACCESS_KEY", null), ("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.Url + "/creds"), .. variables]);

    private static Task<DeleteMessageResponse> SendAsync(AmazonSQSClient client) => client.DeleteMessageAsync(new DeleteMessageRequest("q", "h"), Cancellation);
}
