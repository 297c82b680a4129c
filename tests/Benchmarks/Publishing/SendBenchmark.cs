using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Benchmarks.Consuming;

namespace Benchmarks.Publishing;

/// <summary>
/// A message through src/Aws beside a bare <see cref="HttpClient"/> that posts the same bytes, unsigned, to the same server: one that always answers the
/// same at once, for a LocalCloud would take longer for the one that it has to verify.
/// </summary>
internal static class SendBenchmark
{
    private const int Rounds = 15;
    private const int CallsInRound = 1_000;

    public static async Task RunAsync()
    {
        using var echo = ServerProcess.Start(typeof(SendBenchmark).Assembly.Location, "echo");
        using var sqs = new AmazonSQSClient(
            new BasicAWSCredentials("test", "test"), new AmazonSQSConfig { ServiceURL = echo.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        var queue = new Uri(echo.Endpoint, "000000000000/bookings").ToString();
        var body = Encoding.UTF8.GetString(Samples.Body);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        // The name of the queue is the only thing in it that is escaped: the body is quoted as the client does it.
        var payload = Encoding.UTF8.GetBytes($$"""{"QueueUrl":"{{queue}}","MessageBody":"{{JsonEncodedText.Encode(body, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""");
        var type = new MediaTypeHeaderValue("application/x-amz-json-1.0");

        var costs = await new SideBySide(Rounds, CallsInRound).MeasureAsync(BareAsync, ClientAsync);
        var (bare, client) = (costs[0], costs[1]);
        Console.WriteLine($"send: {payload.Length} bytes to SQS{"",17}{"a bare HttpClient",24}{"src/Aws",24}{"ratio (processor, memory)",32}");
        Console.WriteLine($"{"SendMessage",-40}{Text(bare)}{Text(client)}   {client.Nanoseconds / bare.Nanoseconds,12:0.00} x {client.Bytes / bare.Bytes,10:0.00} x");

        async Task BareAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, echo.Endpoint) { Content = new ByteArrayContent(payload) };
            request.Content.Headers.ContentType = type;
            request.Headers.TryAddWithoutValidation("X-Amz-Target", "AmazonSQS.SendMessage");
            request.Headers.TryAddWithoutValidation(
                "Authorization", "AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00");
            using var response = await http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
        }

        Task ClientAsync() => sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = queue, MessageBody = body });
    }

    private static string Text(Cost cost) => $"{cost.Nanoseconds / 1_000,12:0.0} us {cost.Bytes,7:0} B";
}
