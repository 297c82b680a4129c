using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Aws.Tests.Loopback;

namespace Aws.Tests;

public class EndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_services_own_variable_wins_over_the_general_one()
    {
        await using var general = await LoopbackServer.StartAsync(new Answer(200, "{}"));
        await using var own = await LoopbackServer.StartAsync(new Answer(200, "{}"));
        using var environment = EnvironmentScope.With(general, ("AWS_ENDPOINT_URL_SQS", own.Url));

        await SendAsync(new AmazonSQSClient());

        Assert.Single(own.Requests);
        Assert.Empty(general.Requests);
    }

    [Fact]
    public async Task The_configuration_wins_over_the_environment()
    {
        await using var environmental = await LoopbackServer.StartAsync(new Answer(200, "{}"));
        await using var configured = await LoopbackServer.StartAsync(new Answer(200, "{}"));
        using var environment = EnvironmentScope.With(environmental, ("AWS_ENDPOINT_URL_SQS", environmental.Url));

        await SendAsync(new AmazonSQSClient(new AmazonSQSConfig { ServiceURL = configured.Url }));

        Assert.Single(configured.Requests);
        Assert.Empty(environmental.Requests);
    }

    [Fact]
    public async Task Region_and_credentials_come_from_the_environment()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, "{}"));
        using var environment = EnvironmentScope.With(server, ("AWS_REGION", "eu-central-1"), ("AWS_SESSION_TOKEN", "token"));

        await SendAsync(new AmazonSQSClient());

        Assert.Contains("Credential=AKIDEXAMPLE/", server.Only.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains("/eu-central-1/sqs/", server.Only.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal("token", server.Only.Headers["X-Amz-Security-Token"]);
    }

    [Fact]
    public async Task A_path_in_the_endpoint_is_kept()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(200, "{}"));
        using var environment = EnvironmentScope.With(server, ("AWS_ENDPOINT_URL_SQS", server.Url + "/emulator/"));

        await SendAsync(new AmazonSQSClient(RegionEndpoint.EUWest1));

        Assert.Equal("/emulator/", server.Only.Target);
    }

    [Fact]
    public void Without_a_region_the_error_says_what_to_set()
    {
        using var environment = new EnvironmentScope(("AWS_CONFIG_FILE", "/nonexistent"), ("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"));

        var error = Assert.ThrowsAny<Exception>(() => new AmazonSQSClient(new BasicAWSCredentials("id", "secret"), new AmazonSQSConfig()));

        Assert.Contains("RegionEndpoint", error.Message, StringComparison.Ordinal);
    }

    private static async Task SendAsync(AmazonSQSClient client)
    {
        using (client)
            await client.DeleteMessageAsync(new DeleteMessageRequest("q", "h"), Cancellation);
    }
}
