using System.Text.Json.Nodes;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using Aws.Tests.Loopback;

namespace Aws.Tests.Lambda;

public class RuntimeTests
{
    private const string Arn = "arn:aws:lambda:eu-west-1:123456789012:function:tasks";
    private static readonly SourceGeneratorLambdaJsonSerializer<EventContext> _serializer = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_goes_to_the_handler_and_its_result_back()
    {
        (string, string, string) seen = default;
        var remaining = TimeSpan.Zero;
        string? trace = null;
        Task<SQSBatchResponse> Handle(SQSEvent batch, ILambdaContext context)
        {
            seen = (context.AwsRequestId, context.InvokedFunctionArn, context.FunctionName);
            (remaining, trace) = (context.RemainingTime, Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
            return Task.FromResult(new SQSBatchResponse([new() { ItemIdentifier = batch.Records![0].MessageId }]));
        }

        var requests = await RunAsync(
            LambdaBootstrapBuilder.Create<SQSEvent, SQSBatchResponse>(Handle, _serializer),
            """{"Records":[{"messageId":"m-1","body":"text"}]}""");

        Assert.Equal("POST /api/2018-06-01/runtime/invocation/r-1/response", requests[1].Method + " " + requests[1].Target);
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"m-1"}]}""", requests[1].Body);
        Assert.Equal(("r-1", Arn, "tasks"), seen);
        Assert.InRange(remaining, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793", trace);
    }

    [Fact]
    public async Task A_stream_handler_reads_and_writes_the_bytes_itself()
    {
        static async Task<Stream> Echo(Stream input, ILambdaContext context)
        {
            var output = new MemoryStream();
            await input.CopyToAsync(output);
            output.Position = 0;
            return output;
        }

        var requests = await RunAsync(LambdaBootstrapBuilder.Create(Echo), """{"any":"thing"}""");

        Assert.Equal("""{"any":"thing"}""", requests[1].Body);
    }

    [Fact]
    public async Task A_handler_without_a_result_answers_nothing()
    {
        static Task Handle(SQSEvent batch, ILambdaContext context) => Task.CompletedTask;

        var requests = await RunAsync(LambdaBootstrapBuilder.Create<SQSEvent>(Handle, _serializer), """{"Records":[]}""");

        Assert.EndsWith("/invocation/r-1/response", requests[1].Target, StringComparison.Ordinal);
        Assert.Equal("", requests[1].Body);
    }

    [Fact]
    public async Task An_exception_is_reported_and_the_next_event_taken()
    {
        static Task<SQSBatchResponse> Handle(SQSEvent batch, ILambdaContext context) =>
            throw new InvalidOperationException("no \"room\"", new TimeoutException("slow"));

        var requests = await RunAsync(LambdaBootstrapBuilder.Create<SQSEvent, SQSBatchResponse>(Handle, _serializer), """{"Records":[]}""", events: 2);

        Assert.Equal("POST /api/2018-06-01/runtime/invocation/r-1/error", requests[1].Method + " " + requests[1].Target);
        Assert.EndsWith("/invocation/r-2/error", requests[3].Target, StringComparison.Ordinal);
        var error = JsonNode.Parse(requests[1].Body)!;
        Assert.Equal(("InvalidOperationException", "no \"room\""), ((string?)error["errorType"], (string?)error["errorMessage"]));
        Assert.Contains(nameof(RuntimeTests), (string?)error["stackTrace"]![0], StringComparison.Ordinal);
        Assert.Equal("TimeoutException", (string?)error["cause"]!["errorType"]);
    }

    [Fact]
    public async Task An_event_that_does_not_fit_is_the_invocations_error()
    {
        static Task<SQSBatchResponse> Handle(SQSEvent batch, ILambdaContext context) => Task.FromResult(new SQSBatchResponse());

        var requests = await RunAsync(LambdaBootstrapBuilder.Create<SQSEvent, SQSBatchResponse>(Handle, _serializer), "[]");

        Assert.EndsWith("/invocation/r-1/error", requests[1].Target, StringComparison.Ordinal);
        Assert.Equal("JsonSerializerException", (string?)JsonNode.Parse(requests[1].Body)!["errorType"]);
    }

    [Fact]
    public async Task A_function_that_cannot_start_says_so_and_ends()
    {
        await using var server = await LoopbackServer.StartAsync(new Answer(202, """{"status":"OK"}"""));
        using var environment = Runtime(server);
        using var bootstrap = Echo().UseBootstrapHandler(() => throw new InvalidOperationException("no database")).Build();

        await Assert.ThrowsAsync<InvalidOperationException>(() => bootstrap.RunAsync(Cancellation));

        Assert.Equal("POST /api/2018-06-01/runtime/init/error", server.Only.Method + " " + server.Only.Target);
        Assert.Equal("no database", (string?)JsonNode.Parse(server.Only.Body)!["errorMessage"]);
    }

    [Fact]
    public async Task When_the_runtime_API_is_gone_the_process_does_not_ask_for_ever()
    {
        var server = await LoopbackServer.StartAsync(new Answer(202, """{"status":"OK"}"""));
        using var environment = Runtime(server);
        await server.DisposeAsync();
        using var bootstrap = Echo().Build();

        await Assert.ThrowsAsync<HttpRequestException>(() => bootstrap.RunAsync(Cancellation));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_an_event()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var never = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((_, _) =>
        {
            stop.Cancel();
            return new Answer(200, Until: never.Task);
        });
        using var environment = Runtime(server);
        using var bootstrap = Echo().Build();

        await bootstrap.RunAsync(stop.Token);

        Assert.EndsWith("/invocation/next", server.Only.Target, StringComparison.Ordinal);
    }

    private static LambdaBootstrapBuilder Echo() => LambdaBootstrapBuilder.Create((Stream input, ILambdaContext _) => Task.FromResult(input));

    /// <summary>Hands out the event so many times, then leaves the function waiting, and stops it.</summary>
    private static async Task<Recorded[]> RunAsync(LambdaBootstrapBuilder builder, string payload, int events = 1)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var never = new TaskCompletionSource();
        var number = 0;
        await using var server = await LoopbackServer.StartAsync((request, _) =>
        {
            if (request.Method == "POST")
                return new Answer(202, """{"status":"OK"}""");
            if (++number > events)
            {
                stop.Cancel();
                return new Answer(200, Until: never.Task);
            }

            return new Answer(200, payload, new()
            {
                ["Lambda-Runtime-Aws-Request-Id"] = $"r-{number}",
                ["Lambda-Runtime-Deadline-Ms"] = DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds().ToString(),
                ["Lambda-Runtime-Invoked-Function-Arn"] = Arn,
                ["Lambda-Runtime-Trace-Id"] = "Root=1-5759e988-bd862e3fe1be46a994272793",
            });
        });
        using var environment = Runtime(server);
        using var bootstrap = builder.Build();
        await bootstrap.RunAsync(stop.Token);
        return [.. server.Requests];
    }

    private static EnvironmentScope Runtime(LoopbackServer server) =>
        new(("AWS_LAMBDA_RUNTIME_API", server.Url["http://".Length..] + "/api"), ("AWS_LAMBDA_FUNCTION_NAME", "tasks"));
}
