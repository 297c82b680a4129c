using System.Text.Json.Nodes;
using LocalCloud.Tests.Templates;

namespace LocalCloud.Tests.Lambda.Events;

/// <summary>Events that nobody waits for: what becomes of those that fail.</summary>
public class AsynchronousInvocationTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_failed_event_is_tried_again_after_one_minute_and_after_two_more_and_then_reported()
    {
        await using var app = await StartAsync("");

        await InvokeAsync(app, "{'do':'fail'}");
        await Eventually.TrueAsync(() => app.Invocations.Count == 1 && _time.Waiting == 1, "the first attempt");
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, _time.Waiting);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => app.Invocations.Count == 2 && _time.Waiting == 1, "the second attempt");
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(1, _time.Waiting);
        _time.Advance(TimeSpan.FromSeconds(1));

        var record = JsonNode.Parse((string)(await FirstAsync(app, "DestinationUrl"))["Body"]!)!;
        Assert.Equal(3, app.Invocations.Count);
        Assert.Single(app.Invocations.Select(invocation => invocation.RequestId).Distinct());
        Assert.Equal(
            ("RetriesExhausted", 3, "fail", "Unhandled", "Broken"),
            ((string)record["requestContext"]!["condition"]!, (int)record["requestContext"]!["approximateInvokeCount"]!, (string)record["requestPayload"]!["do"]!, (string)record["responseContext"]!["functionError"]!, (string)record["responsePayload"]!["errorType"]!));
        var dead = await FirstAsync(app, "DeadUrl");
        Assert.Equal(("{\"do\":\"fail\"}", "Broken: as told"), ((string)dead["Body"]!, (string)dead["MessageAttributes"]!["ErrorMessage"]!["StringValue"]!));
        Assert.Equal(app.Invocations.First().RequestId, (string)dead["MessageAttributes"]!["RequestID"]!["StringValue"]!);
    }

    [Fact]
    public async Task A_function_may_ask_for_no_retries()
    {
        await using var app = await StartAsync("'MaximumRetryAttempts': 0,");

        await InvokeAsync(app, "{'do':'fail'}");

        var record = JsonNode.Parse((string)(await FirstAsync(app, "DestinationUrl"))["Body"]!)!;
        Assert.Equal(1, (int)record["requestContext"]!["approximateInvokeCount"]!);
    }

    [Fact]
    public async Task An_event_that_would_be_too_old_is_not_tried_again()
    {
        await using var app = await StartAsync("'MaximumEventAgeInSeconds': 60,");

        await InvokeAsync(app, "{'do':'fail'}");
        await Eventually.TrueAsync(() => app.Invocations.Count == 1 && _time.Waiting == 1, "the first attempt");
        _time.Advance(TimeSpan.FromMinutes(1));

        var record = JsonNode.Parse((string)(await FirstAsync(app, "DestinationUrl"))["Body"]!)!;
        Assert.Equal(("EventAgeExceeded", 2), ((string)record["requestContext"]!["condition"]!, (int)record["requestContext"]!["approximateInvokeCount"]!));
    }

    [Fact]
    public async Task A_success_is_reported_where_somebody_asks_for_it()
    {
        await using var app = await StartAsync("", success: true);

        await InvokeAsync(app, "{'a':1}");

        var record = JsonNode.Parse((string)(await FirstAsync(app, "DestinationUrl"))["Body"]!)!;
        Assert.Equal(("Success", "{\"a\":1}"), ((string)record["requestContext"]!["condition"]!, record["responsePayload"]!.ToJsonString()));
        Assert.Null(record["responseContext"]!["functionError"]);
    }

    [Fact]
    public async Task An_event_for_a_throttled_function_waits_for_room()
    {
        await using var app = await StartAsync("");
        using var lambda = new LambdaApi(app.Endpoint);
        var path = $"/2017-10-31/functions/{app.Deployment.Outputs["Name"]}/concurrency";
        await lambda.CallAsync(HttpMethod.Put, path, "{'ReservedConcurrentExecutions':0}");
        await InvokeAsync(app, "{'a':1}");
        await Eventually.TrueAsync(() => app.Invocations.Count == 1 && _time.Waiting == 1, "it is throttled");

        await lambda.CallAsync(HttpMethod.Delete, path);
        _time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(() => app.Invocations.Any(invocation => invocation.Error is null), "it is handled");
    }

    [Fact]
    public async Task An_event_of_more_than_1_MB_is_refused()
    {
        await using var app = await StartAsync("");
        using var lambda = new LambdaApi(app.Endpoint);

        using var answer = await lambda.InvokeAsync(app.Deployment.Outputs["Name"], $"'{new string('x', 1024 * 1024)}'", ("X-Amz-Invocation-Type", "Event"));

        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_failed_scheduled_run_is_tried_again()
    {
        await using var app = await DeployedApp.StartAsync(
            """
            { 'Resources': {
              'Sweep': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Sweep', 'Runtime': 'dotnet10', 'Timeout': 10 } },
              'Permission': { 'Type': 'AWS::Lambda::Permission', 'Properties': { 'Action': 'lambda:InvokeFunction', 'FunctionName': { 'Ref': 'Sweep' }, 'Principal': 'events.amazonaws.com', 'SourceArn': { 'Fn::GetAtt': ['Rule', 'Arn'] } } },
              'Rule': { 'Type': 'AWS::Events::Rule', 'Properties': { 'ScheduleExpression': 'rate(1 hour)', 'Targets': [{ 'Arn': { 'Fn::GetAtt': ['Sweep', 'Arn'] }, 'Id': '1', 'Input': { 'Fn::ToJsonString': { 'do': 'fail' } } }] } } } }
            """,
            options => options with { Time = _time });

        await Eventually.TrueAsync(() => _time.Waiting == 1, "the schedule waits for its time");
        _time.Advance(TimeSpan.FromHours(1));
        await Eventually.TrueAsync(() => app.Invocations.Count == 1 && _time.Waiting == 2, "the run fails, and the next is waited for");
        _time.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(() => app.Invocations.Count == 2, "it is tried again");
        Assert.Single(app.Invocations.Select(invocation => invocation.RequestId).Distinct());
    }

    [Fact]
    public async Task A_topic_invokes_the_function_that_subscribes_to_it()
    {
        await using var app = await DeployedApp.StartAsync("""
            { 'Resources': {
              'Listener': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Listener', 'Runtime': 'dotnet10', 'Timeout': 10 } },
              'Topic': { 'Type': 'AWS::SNS::Topic' },
              'Subscription': { 'Type': 'AWS::SNS::Subscription', 'Properties': { 'TopicArn': { 'Ref': 'Topic' }, 'Protocol': 'lambda', 'Endpoint': { 'Fn::GetAtt': ['Listener', 'Arn'] } } } },
              'Outputs': { 'Topic': { 'Value': { 'Ref': 'Topic' } } } }
            """);

        await app.Services.SnsAsync("Publish", [("TopicArn", app.Deployment.Outputs["Topic"]), ("Message", "hello")], TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => app.Invocations.Count == 1, "the function is invoked");
        var invocation = app.Invocations.Single();
        var record = JsonNode.Parse(invocation.Payload.Span)!["Records"]!.AsArray().Single()!;
        Assert.Equal(
            ("sns", "aws:sns", "1.0", "hello", app.Deployment.Outputs["Topic"]),
            (invocation.Source, (string)record["EventSource"]!, (string)record["EventVersion"]!, (string)record["Sns"]!["Message"]!, (string)record["Sns"]!["TopicArn"]!));
        Assert.NotNull(record["Sns"]!["SigningCertUrl"]);
        Assert.True(record["Sns"]!.AsObject().ContainsKey("Subject"));
    }

    private Task<DeployedApp> StartAsync(string settings, bool success = false) => DeployedApp.StartAsync(
        $$"""
        { 'Resources': {
          'Destination': { 'Type': 'AWS::SQS::Queue' },
          'Dead': { 'Type': 'AWS::SQS::Queue' },
          'Worker': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Worker', 'Runtime': 'dotnet10', 'Timeout': 10, 'DeadLetterConfig': { 'TargetArn': { 'Fn::GetAtt': ['Dead', 'Arn'] } } } },
          'Async': { 'Type': 'AWS::Lambda::EventInvokeConfig', 'Properties': { 'FunctionName': { 'Ref': 'Worker' }, 'Qualifier': '$LATEST', {{settings}}
            'DestinationConfig': { '{{(success ? "OnSuccess" : "OnFailure")}}': { 'Destination': { 'Fn::GetAtt': ['Destination', 'Arn'] } } } } } },
          'Outputs': { 'Name': { 'Value': { 'Ref': 'Worker' } }, 'DestinationUrl': { 'Value': { 'Ref': 'Destination' } }, 'DeadUrl': { 'Value': { 'Ref': 'Dead' } } } }
        """,
        options => options with { Time = _time });

    private static async Task InvokeAsync(DeployedApp app, string payload)
    {
        using var lambda = new LambdaApi(app.Endpoint);
        using var answer = await lambda.InvokeAsync(app.Deployment.Outputs["Name"], payload, ("X-Amz-Invocation-Type", "Event"));
        Assert.Equal(202, (int)answer.StatusCode);
    }

    private static async Task<JsonObject> FirstAsync(DeployedApp app, string queue)
    {
        await Eventually.TrueAsync(async () => await app.CountAsync(app.Deployment.Outputs[queue]) > 0, "a message arrives");
        var input = new JsonObject { ["QueueUrl"] = app.Deployment.Outputs[queue], ["MessageAttributeNames"] = new JsonArray("All") };
        return (await app.Services.SqsAsync("ReceiveMessage", input, TestContext.Current.CancellationToken))["Messages"]![0]!.AsObject();
    }
}
