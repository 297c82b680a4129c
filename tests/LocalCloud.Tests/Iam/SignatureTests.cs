using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aws.Signing;
using LocalCloud.Lambda.Calls;

namespace LocalCloud.Tests.Iam;

public class SignatureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signature_by_the_right_key_is_accepted_whoever_wrote_the_request()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var root = cloud.Client();

        Assert.NotNull((await root.SqsAsync("CreateQueue", new JsonObject { ["QueueName"] = "a" }, Ct))["QueueUrl"]);
        Assert.Single((await root.SnsAsync("CreateTopic", [("Name", "a b c"[..1])], Ct)).Descendants("TopicArn"));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_even_for_the_key_that_may_do_everything()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var wrong = cloud.Client(new AccessKey("test", "tset"));

        var error = await Assert.ThrowsAsync<ServiceError>(() => wrong.SnsAsync("ListTopics", [], Ct));

        Assert.Equal("SignatureDoesNotMatch", error.Code);
        Assert.Contains("The request signature we calculated does not match the signature you provided.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_nobody_gave_out_is_refused_in_each_service_s_words()
    {
        await using var cloud = await TestCloud.StartAsync();
        using var stranger = cloud.Client(new AccessKey("AKIAIOSFODNN7EXAMPLE", "secret"));

        var query = await Assert.ThrowsAsync<ServiceError>(() => stranger.SnsAsync("ListTopics", [], Ct));
        var json = await Assert.ThrowsAsync<ServiceError>(() => stranger.KmsAsync("ListKeys", [], Ct));

        Assert.Equal(("InvalidClientTokenId", "UnrecognizedClientException"), (query.Code, json.Code));
        Assert.Contains("The security token included in the request is invalid.", query.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"QueueName\":\"other\"}", null)]
    [InlineData(null, "AmazonSQS.ListQueues")]
    public async Task What_was_changed_on_the_way_is_refused(string? body, string? target)
    {
        await using var cloud = await TestCloud.StartAsync();
        using var request = Signed(cloud, AccessKey.Test, "{\"QueueName\":\"orders\"}", DateTimeOffset.UtcNow, body, target);

        using var response = await cloud.Client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("SignatureDoesNotMatch;Sender", response.Headers.GetValues("x-amzn-query-error").Single());
    }

    [Fact]
    public async Task A_request_without_a_signature_is_told_how_to_sign()
    {
        await using var cloud = await TestCloud.StartAsync();

        using var response = await cloud.Client.GetAsync(new Uri(cloud.Endpoint, "?Action=ListQueues&Version=2012-11-05"), Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("<Code>MissingAuthenticationToken</Code>", text, StringComparison.Ordinal);
        Assert.Contains("AWS4-HMAC-SHA256 Credential=test/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_may_send_where_the_queue_s_policy_says_so()
    {
        await using var cloud = await TestCloud.StartAsync();
        var policy = TestRoles.Policy("{'Effect':'Allow','Principal':'*','Action':'sqs:SendMessage','Resource':'*'}");
        var queue = await cloud.CreateQueueAsync("open", new() { ["Policy"] = policy });

        using var sent = await cloud.Client.GetAsync(new Uri($"{queue}?Action=SendMessage&MessageBody=hi&Version=2012-11-05"), Ct);
        using var received = await cloud.Client.GetAsync(new Uri($"{queue}?Action=ReceiveMessage&Version=2012-11-05"), Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (sent.StatusCode, received.StatusCode));
        Assert.Equal(["hi"], await cloud.BodiesAsync(queue));
    }

    [Theory]
    [InlineData(-20, "SignatureDoesNotMatch")]
    [InlineData(20, "SignatureDoesNotMatch")]
    [InlineData(-10, "AccessDenied")]
    public async Task A_signature_is_good_for_a_quarter_of_an_hour(int minutes, string code)
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.RoleAsync();
        using var request = Signed(cloud, await cloud.AssumeAsync(), "{\"QueueName\":\"orders\"}", DateTimeOffset.UtcNow.AddMinutes(minutes));

        using var response = await cloud.Client.SendAsync(request, Ct);

        Assert.Equal(code + ";Sender", response.Headers.GetValues("x-amzn-query-error").Single());
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(-2, HttpStatusCode.Forbidden)]
    public async Task A_presigned_URL_is_good_until_it_expires(int minutes, HttpStatusCode status)
    {
        await using var cloud = await TestCloud.StartAsync();
        var time = SigV4.FormatTime(DateTimeOffset.UtcNow.AddMinutes(minutes));
        var query = SigV4.PresignedQuery(
            SigV4Key.Derive("test", "test", time[..8], "us-east-1", "sts"), time, 60, null, "GET", "/", "Action=GetCallerIdentity&Version=2011-06-15",
            [new("host", cloud.Endpoint.Authority)], SigV4.EmptyPayloadHash);

        using var response = await cloud.Client.GetAsync(new Uri(cloud.Endpoint, "/?" + query), Ct);
        using var changed = await cloud.Client.GetAsync(new Uri(cloud.Endpoint, "/?" + query.Replace("GetCallerIdentity", "GetSessionToken", StringComparison.Ordinal)), Ct);

        Assert.Equal((status, HttpStatusCode.Forbidden), (response.StatusCode, changed.StatusCode));
    }

    [Fact]
    public async Task A_session_needs_its_own_token_and_ends()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.RoleAsync();
        var key = await cloud.AssumeAsync(("DurationSeconds", "900"));
        using var session = cloud.Client(key);
        using var without = cloud.Client(key with { SessionToken = null });
        using var other = cloud.Client(key with { SessionToken = (await cloud.AssumeAsync()).SessionToken });

        Assert.Equal(TestRoles.Session, (await session.StsAsync("GetCallerIdentity", [], Ct)).Descendants("Arn").Single().Value);
        Assert.Equal("InvalidClientTokenId", (await Assert.ThrowsAsync<ServiceError>(() => without.StsAsync("GetCallerIdentity", [], Ct))).Code);
        Assert.Equal("InvalidClientTokenId", (await Assert.ThrowsAsync<ServiceError>(() => other.StsAsync("GetCallerIdentity", [], Ct))).Code);
        cloud.Time.Advance(TimeSpan.FromSeconds(900));
        Assert.Equal("ExpiredToken", (await Assert.ThrowsAsync<ServiceError>(() => session.StsAsync("GetCallerIdentity", [], Ct))).Code);
    }

    [Theory]
    [InlineData("Bearer abc")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sqs/aws4_request")]
    [InlineData("AWS4-HMAC-SHA256 Credential=")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c/d/e/f/g, Signature=1")]
    public async Task A_header_that_is_no_signature_is_an_error_of_the_service(string authorization)
    {
        await using var cloud = await TestCloud.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(cloud.Endpoint, "?Action=ListQueues&Version=2012-11-05"));
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "AmazonSQS.ListQueues");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await cloud.Client.SendAsync(request, Ct);

        Assert.Equal("IncompleteSignature;Sender", response.Headers.GetValues("x-amzn-query-error").Single());
    }

    private static HttpRequestMessage Signed(TestCloud cloud, AccessKey key, string body, DateTimeOffset at, string? sentBody = null, string? sentTarget = null)
    {
        const string target = "AmazonSQS.CreateQueue";
        var time = SigV4.FormatTime(at);
        List<KeyValuePair<string, string>> headers = [new("host", cloud.Endpoint.Authority), new("x-amz-date", time), new("x-amz-target", target)];
        if (key.SessionToken is { } token)
            headers.Add(new("x-amz-security-token", token));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var authorization = SigV4.Authorization(
            SigV4Key.Derive(key.Id, key.Secret, time[..8], "us-east-1", "sqs"), time, "POST", "/", "", [.. headers], hash);
        var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint)
        {
            Content = new StringContent(sentBody ?? body, new MediaTypeHeaderValue("application/x-amz-json-1.0")),
        };
        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith("x-amz", StringComparison.Ordinal)))
            request.Headers.Add(name, name == "x-amz-target" ? sentTarget ?? value : value);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }
}
