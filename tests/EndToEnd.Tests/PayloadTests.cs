using System.Text.Json.Nodes;
using System.Xml.Linq;
using Tests.Common;
using static EndToEnd.Tests.BookingClient;

namespace EndToEnd.Tests;

/// <summary>A message whose body is in the stack's payload bucket, under the function's own rights.</summary>
public sealed class PayloadTests(SharedEnvironment environment) : IDisposable
{
    private readonly BookingClient _client = new(environment.Local.Address);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_in_the_payload_bucket_is_fetched_and_handled_by_a_function_that_may_read_it()
    {
        var id = Guid.CreateVersion7();
        var data = Booking();
        data["bookingId"] = id.ToString();
        var envelope = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id.ToString(),
            ["source"] = "/tests",
            ["type"] = "booking.place.v1",
            ["time"] = DateTimeOffset.UtcNow,
            ["data"] = data,
        };
        var bucket = await BucketAsync();
        await S3Async(HttpMethod.Put, $"{bucket}/payloads/by-hand", envelope.ToJsonString());

        await SendAsync(id, new JsonArray("software.amazon.payloadoffloading.PayloadS3Pointer", new JsonObject { ["s3BucketName"] = bucket, ["s3Key"] = "payloads/by-hand" }));

        await _client.WaitAsync(id, report => report.IsConfirmedEverywhere);
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> BucketAsync() =>
        XDocument.Parse(await S3Async(HttpMethod.Get, "", "")).Descendants().Where(element => element.Name.LocalName == "Name").Select(name => name.Value).Single(name => name.Contains("payloads", StringComparison.Ordinal));

    private async Task<string> S3Async(HttpMethod method, string path, string content)
    {
        using var request = new HttpRequestMessage(method, new Uri(environment.Local.CloudAddress, path));
        if (method == HttpMethod.Put)
            request.Content = new StringContent(content);
        request.Headers.Add("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00");
        using var response = await _client.Http.SendAsync(request, Ct);
        var answer = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, answer);
        return answer;
    }

    private async Task SendAsync(Guid id, JsonNode body)
    {
        var queues = await RawSqs.CallAsync(_client.Http, environment.Local.CloudAddress, "ListQueues", [], Ct);
        var queue = queues["QueueUrls"]!.AsArray().Select(url => (string)url!).Single(url => url.Contains("bookingcommandsqueue", StringComparison.OrdinalIgnoreCase));
        var answer = await RawSqs.CallAsync(
            _client.Http,
            environment.Local.CloudAddress,
            "SendMessage",
            new() { ["QueueUrl"] = queue, ["MessageBody"] = body.ToJsonString(), ["MessageGroupId"] = id.ToString(), ["MessageDeduplicationId"] = id.ToString() },
            Ct);
        Assert.NotNull(answer["MessageId"]);
    }
}
