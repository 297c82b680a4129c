using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace Aws.Tests.Lambda;

public class SerializerTests
{
    private readonly SourceGeneratorLambdaJsonSerializer<EventContext> _serializer = new();

    [Fact]
    public void Reflection_is_off() => Assert.False(JsonSerializer.IsReflectionEnabledByDefault);

    [Fact]
    public void Records_is_written_large_and_its_members_small()
    {
        var read = Read<SQSEvent>("""
            {"Records":[{"messageId":"m-1","receiptHandle":"h","body":"text","attributes":{"ApproximateReceiveCount":"1"},
              "messageAttributes":{"bytes":{"binaryValue":"AQID","stringListValues":[],"binaryListValues":[],"dataType":"Binary"}},
              "md5OfBody":"b","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:123456789012:tasks","awsRegion":"eu-west-1"}]}
            """);

        var message = Assert.Single(read.Records!);
        Assert.Equal(
            ("m-1", "h", "text", "b", "aws:sqs", "arn:aws:sqs:eu-west-1:123456789012:tasks", "eu-west-1"),
            (message.MessageId, message.ReceiptHandle, message.Body, message.Md5OfBody, message.EventSource, message.EventSourceArn, message.AwsRegion));
        Assert.Equal("1", message.Attributes!["ApproximateReceiveCount"]);
        Assert.Equal([1, 2, 3], message.MessageAttributes!["bytes"].BinaryValue!.ToArray());
    }

    [Fact]
    public void A_batch_response_has_the_names_that_Lambda_looks_for()
    {
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"m-1"}]}""", Write(new SQSBatchResponse([new() { ItemIdentifier = "m-1" }])));
        Assert.Equal("""{"batchItemFailures":[]}""", Write(new SQSBatchResponse()));
    }

    [Fact]
    public void A_schedule_has_a_time_in_UTC()
    {
        var read = Read<ScheduledEvent>("""
            {"version":"0","id":"e-1","detail-type":"Scheduled Event","source":"aws.events","account":"123456789012","time":"2026-11-20T12:00:00Z",
             "region":"eu-west-1","resources":["arn:aws:events:eu-west-1:123456789012:rule/every-minute"],"detail":{}}
            """);

        Assert.Equal(("e-1", "Scheduled Event"), (read.Id, read.DetailType));
        Assert.Equal(new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc), read.Time);
    }

    [Fact]
    public void A_time_may_be_a_number_of_seconds() =>
        Assert.Equal(new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc), Read<ScheduledEvent>("""{"time":1795176000}""").Time);

    [Fact]
    public void An_HTTP_request_has_its_claims_and_parameters()
    {
        var read = Read<APIGatewayHttpApiV2ProxyRequest>("""
            {"version":"2.0","routeKey":"GET /bookings/{id}","rawPath":"/bookings/b-1","rawQueryString":"","headers":{"accept":"*/*"},
             "requestContext":{"authorizer":{"jwt":{"claims":{"sub":"s-1"},"scopes":["read"]}},"http":{"method":"GET","path":"/bookings/b-1","sourceIp":"192.0.2.1"},
             "requestId":"r-1","timeEpoch":1795176000000},"pathParameters":{"id":"b-1"},"isBase64Encoded":false}
            """);

        Assert.Equal(("GET /bookings/{id}", "b-1", "GET"), (read.RouteKey, read.PathParameters!["id"], read.RequestContext!.Http!.Method));
        Assert.Equal("s-1", read.RequestContext.Authorizer!.Jwt!.Claims!["sub"]);
    }

    [Fact]
    public void An_HTTP_response_leaves_out_what_it_has_not() => Assert.Equal(
        """{"statusCode":202,"headers":{"content-type":"application/json"},"body":"{\"id\":1}","isBase64Encoded":false}""",
        Write(new APIGatewayHttpApiV2ProxyResponse
        {
            StatusCode = 202,
            Headers = new Dictionary<string, string> { ["content-type"] = "application/json" },
            Body = """{"id":1}""",
        }));

    [Fact]
    public void An_event_that_does_not_fit_is_refused_by_name()
    {
        var error = Assert.Throws<JsonSerializerException>(() => Read<SQSEvent>("""{"Records":7}"""));

        Assert.Contains("Amazon.Lambda.SQSEvents.SQSEvent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_the_context_does_not_know_is_named()
    {
        var error = Assert.Throws<JsonSerializerException>(() => Read<Version>("{}"));

        Assert.Contains("System.Version", error.Message, StringComparison.Ordinal);
    }

    private T Read<T>(string json) => _serializer.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private string Write<T>(T value)
    {
        using var stream = new MemoryStream();
        _serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
