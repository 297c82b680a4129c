using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace LocalCloud.Tests.Fuzzing;

/// <summary>Whatever comes in, the answer is the service's own, and soon. The seeds are fixed, so a failure comes back.</summary>
public sealed class FuzzTests
{
    private const int Requests = 12_000;
    private const int GrowthMegabytes = 256;

    /// <summary>A slow machine sends fewer requests, and never fewer than a tenth.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task No_mangled_request_makes_a_service_fail_hang_or_grow()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.CreateQueueAsync("q");
        await cloud.CreateTopicAsync("t");
        var random = new Random(20261120);
        var mangler = new Mangler(random);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Requests && (i < Requests / 10 || Stopwatch.GetElapsedTime(started) < Budget); i++)
        {
            var sample = Samples.All[random.Next(Samples.All.Count)];
            using var request = Request(cloud.Endpoint, sample, random, mangler);
            using var deadline = new CancellationTokenSource(Patience);
            using var response = await cloud.Client.SendAsync(request, deadline.Token);

            var sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode is < 500 or 501, $"request {i}, {request.Method} {request.RequestUri} {sample.Target}, gave {response.StatusCode}: {sent}");
        }

        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024 / 1024;
        Assert.True(grown < GrowthMegabytes, $"the services hold {grown} MB more than before");
    }

    [Fact]
    public async Task Bytes_that_are_no_HTTP_are_refused_and_the_next_request_is_served()
    {
        await using var cloud = await TestCloud.StartAsync();
        var random = new Random(20261121);
        for (var i = 0; i < 100; i++)
        {
            var garbage = new byte[random.Next(1, 2_000)];
            random.NextBytes(garbage);
            var answer = await RawConnection.ExchangeAsync(cloud.Endpoint, garbage);

            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal), $"garbage {i} gave {answer}");
        }

        Assert.NotNull(await cloud.CreateQueueAsync("still-there"));
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET /%zz%00%ff HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\nHost: a\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nAuthorization: AWS4-HMAC-SHA256 Credential=///////, SignedHeaders=;;;, Signature=\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: AmazonSQS.\r\nContent-Length: 0\r\n\r\n")]
    public async Task An_absurd_head_is_the_clients_error(string head)
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await RawConnection.ExchangeAsync(cloud.Endpoint, Encoding.Latin1.GetBytes(head));

        Assert.Matches("^HTTP/1.1 (4\\d\\d|501|505) ", answer);
    }

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(2_000, 10)]
    public async Task Too_many_or_too_long_headers_are_refused(int count, int length)
    {
        await using var cloud = await TestCloud.StartAsync();
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-Absurd-{i}: {new string('a', length)}\r\n"));

        var answer = await RawConnection.ExchangeAsync(cloud.Endpoint, Encoding.Latin1.GetBytes($"GET / HTTP/1.1\r\nHost: a\r\n{headers}\r\n"));

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqs", "AmazonSQS.SendMessage")]
    [InlineData("sns", null)]
    [InlineData("kms", "TrentService.Encrypt")]
    [InlineData("dynamodb", "DynamoDB_20120810.PutItem")]
    [InlineData("kinesis", "Kinesis_20131202.PutRecord")]
    [InlineData("s3", null)]
    [InlineData("iam", null)]
    [InlineData("sts", null)]
    public async Task A_body_without_end_is_the_clients_error(string service, string? target)
    {
        await using var cloud = await TestCloud.StartAsync();
        var chunk = Encoding.ASCII.GetBytes("100000\r\n" + new string('x', 0x100000) + "\r\n");
        var head = $"POST /bucket/key HTTP/1.1\r\nHost: a\r\nAuthorization: {TestKey(service)}\r\n{(target is null ? "" : $"X-Amz-Target: {target}\r\n")}Transfer-Encoding: chunked\r\n\r\n";

        var answer = await RawConnection.ExchangeAsync(cloud.Endpoint, [Encoding.ASCII.GetBytes(head), .. Enumerable.Repeat(chunk, 200)]);

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
        Assert.NotNull(await cloud.CreateQueueAsync("still-there"));
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_document_made_to_exhaust_its_reader_is_the_clients_error(string service, string? target, string path, string body)
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.CreateTopicAsync("t");
        await cloud.CreateQueueAsync("q");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cloud.Endpoint, path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        Address(request, new Sample(service, "POST", path, target, body));
        using var deadline = new CancellationTokenSource(Patience);
        using var response = await cloud.Client.SendAsync(request, deadline.Token);

        Assert.InRange((int)response.StatusCode, 400, 501);
        Assert.NotEqual(500, (int)response.StatusCode);
    }

    public static TheoryData<string, string?, string, string> Bombs()
    {
        var deepJson = new string('[', 100_000);
        var deepObject = string.Concat(Enumerable.Repeat("{\"a\":", 50_000));
        var laughs = "<!DOCTYPE a [<!ENTITY a \"" + new string('x', 1_000) + "\">" + string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY a{i} \"{string.Concat(Enumerable.Repeat($"&a{(i == 1 ? "" : i - 1)};", 10))}\">")) + "]><Delete>&a9;</Delete>";
        var deepXml = string.Concat(Enumerable.Repeat("<a>", 100_000));
        var parameters = "Action=Publish&" + string.Join('&', Enumerable.Range(0, 100_000).Select(i => $"p.{i}=x"));
        var nestedFilter = Uri.EscapeDataString(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "[1]" + new string('}', 5_000));
        return new()
        {
            { "sqs", "AmazonSQS.SendMessage", "/", deepJson },
            { "sqs", "AmazonSQS.SendMessage", "/", deepObject },
            { "kms", "TrentService.Encrypt", "/", deepObject },
            { "dynamodb", "DynamoDB_20120810.PutItem", "/", deepObject },
            { "dynamodb", "DynamoDB_20120810.Scan", "/", "{\"TableName\":\"t\",\"FilterExpression\":\"" + new string('(', 100_000) + "\"}" },
            { "s3", null, "/bucket?delete", laughs },
            { "s3", null, "/bucket?delete", deepXml },
            { "sns", null, "/", parameters },
            { "sns", null, "/", "Action=SetTopicAttributes&TopicArn=arn:aws:sns:us-east-1:000000000000:t&AttributeName=Policy&AttributeValue=" + Uri.EscapeDataString(deepObject) },
            { "sns", null, "/", "Action=Subscribe&TopicArn=arn:aws:sns:us-east-1:000000000000:t&Protocol=sqs&Endpoint=arn:aws:sqs:us-east-1:000000000000:q&Attributes.entry.1.key=FilterPolicyScope&Attributes.entry.1.value=MessageBody&Attributes.entry.2.key=FilterPolicy&Attributes.entry.2.value=" + nestedFilter },
        };
    }

    private static HttpRequestMessage Request(Uri endpoint, Sample sample, Random random, Mangler mangler)
    {
        var path = random.Next(4) == 0 ? mangler.MangleUrl(sample.Path) : sample.Path;
        var request = new HttpRequestMessage(new HttpMethod(sample.Method), new Uri(endpoint.GetLeftPart(UriPartial.Authority) + path));
        if (sample.Body.Length > 0)
            request.Content = new ByteArrayContent(mangler.Mangle(sample.Body));
        Address(request, sample);
        return request;
    }

    private static void Address(HttpRequestMessage request, Sample sample)
    {
        request.Headers.TryAddWithoutValidation("Authorization", TestKey(sample.Service));
        if (sample.Target is not null)
            request.Headers.Add("X-Amz-Target", sample.Target);
        if (request.Content is not null)
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(sample.ContentType);
    }

    // The key that may do everything: what is mangled must get past the gate.
    private static string TestKey(string service) => $"AWS4-HMAC-SHA256 Credential=test/20261120/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=00";
}
