using System.Net;
using System.Net.Http.Headers;

namespace LocalCloud.Tests;

public class ServerTests
{
    [Fact]
    public async Task A_port_in_use_is_named_in_the_error_with_what_to_do()
    {
        await using var first = await CloudServer.StartAsync(new CloudOptions { Port = 0 }, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => CloudServer.StartAsync(new CloudOptions { Port = first.Endpoint.Port }, TestContext.Current.CancellationToken));

        Assert.Contains($"Port {first.Endpoint.Port} on 127.0.0.1 cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Contains("choose another port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_answers_without_credentials_and_names_version_and_services()
    {
        await using var cloud = await CloudServer.StartAsync(new CloudOptions { Port = 0 }, TestContext.Current.CancellationToken);
        using var client = new HttpClient();

        var answer = await client.GetAsync(new Uri(cloud.Endpoint, "/health"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var health = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(("ok", "running"), ((string)health["status"]!, (string)health["services"]!["sqs"]!));
        Assert.NotEmpty((string)health["version"]!);
    }

    [Fact]
    public async Task Sts_says_whose_account_it_is()
    {
        await using var cloud = await TestCloud.StartAsync();

        var (_, answer) = await cloud.QueryAsync("2011-06-15", ("Action", "GetCallerIdentity"));

        Assert.Equal("000000000000", answer.Descendants("Account").Single().Value);
    }

    [Theory]
    [InlineData("ec2", "application/x-www-form-urlencoded", "<Code>NotImplemented</Code>")]
    [InlineData("firehose", "application/x-amz-json-1.1", "\"__type\":\"NotImplemented\"")]
    public async Task A_service_that_is_not_here_says_so_in_its_own_protocol(string service, string contentType, string expected)
    {
        await using var cloud = await TestCloud.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint) { Content = new StringContent("{}", new MediaTypeHeaderValue(contentType)) };
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=k/20261120/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");

        using var response = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
