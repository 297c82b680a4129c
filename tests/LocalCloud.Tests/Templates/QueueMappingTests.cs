using System.Text.Json.Nodes;
using LocalCloud.Templates;
using LocalCloud.Tests.Lambda;

namespace LocalCloud.Tests.Templates;

public class QueueMappingTests
{
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    /// <summary>The queues' clock, which stands still until a test lets a visibility timeout pass.</summary>
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_message_reaches_the_function_as_Lambdas_event_and_is_deleted()
    {
        await using var app = await StartAsync();

        await app.SendAsync(Url(app), "hello");

        var invocation = await FirstAsync(app);
        Assert.Null(invocation.Error);
        Assert.Equal(("Worker", $"sqs:{app.Deployment.Outputs["Name"]}"), (invocation.Function, invocation.Source));
        var record = JsonNode.Parse(invocation.Payload.Span)!["Records"]!.AsArray().Single()!;
        Assert.Equal("hello", record["body"]!.GetValue<string>());
        Assert.Equal("1", record["attributes"]!["ApproximateReceiveCount"]!.GetValue<string>());
        Assert.Equal(app.Deployment.Outputs["Arn"], record["eventSourceARN"]!.GetValue<string>());
        await EmptyAsync(app);
    }

    [Fact]
    public async Task Of_a_batch_only_the_failed_message_comes_back_until_it_is_dead()
    {
        await using var app = await StartAsync();

        await app.SendAsync(Url(app), "one", "fail", "two");
        await Eventually.TrueAsync(async () => Failures(app) == 1 && await app.CountAsync(Url(app)) == 1, "the other two are handled and deleted");
        _time.Advance(Visibility);
        await Eventually.TrueAsync(() => Failures(app) == 2, "the failed one comes back");
        _time.Advance(Visibility);

        await DeadAsync(app);
        await EmptyAsync(app);
        Assert.Equal(["fail", "fail", "one", "two"], app.Invocations.SelectMany(Bodies).Order());
    }

    [Fact]
    public async Task Without_the_flag_on_the_mapping_a_reported_failure_is_lost_as_on_AWS()
    {
        await using var app = await StartAsync(types: "[]");

        await app.SendAsync(Url(app), "fail");

        Assert.Empty((await FirstAsync(app)).FailedItems);
        await EmptyAsync(app);
        Assert.Equal(0, await app.CountAsync(app.Deployment.Outputs["DeadUrl"]));
    }

    [Fact]
    public async Task An_answer_with_an_unknown_id_fails_the_whole_batch()
    {
        await using var app = await StartAsync();

        await app.SendAsync(Url(app), """answer {"batchItemFailures":[{"itemIdentifier":"nobody"}]}""");

        Assert.Single((await FirstAsync(app)).FailedItems);
        Assert.Equal(1, await app.CountAsync(Url(app)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("null", true)]
    [InlineData("{}", true)]
    [InlineData("{'batchItemFailures':null}", true)]
    [InlineData("{'batchItemFailures':[]}", true)]
    [InlineData("{'batchItemFailures':[{'itemIdentifier':null}]}", false)]
    [InlineData("{'batchItemFailures':[{'itemIdentifier':''}]}", false)]
    [InlineData("{'batchItemFailures':[", false)]
    [InlineData("nonsense", false)]
    public async Task A_real_functions_answer_decides_what_is_left_of_the_batch(string answer, bool handled)
    {
        await using var app = await StartAsync();

        await app.SendAsync(Url(app), $"answer {answer.Replace('\'', '"')}");

        Assert.Equal(handled ? 0 : 1, (await FirstAsync(app)).FailedItems.Count);
        await Eventually.TrueAsync(async () => await app.CountAsync(Url(app)) == (handled ? 0 : 1), "the message is deleted, or not");
    }

    [Fact]
    public async Task A_function_works_on_no_more_batches_at_a_time_than_the_mapping_allows()
    {
        await using var app = await StartAsync(mapping: "'BatchSize': 1, 'ScalingConfig': { 'MaximumConcurrency': 2 }");
        var gate = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("n"));

        await app.SendAsync(Url(app), $"wait {gate}", $"wait {gate}", $"wait {gate}");
        await Eventually.TrueAsync(async () => await InFlightAsync(app) == 2, "two are at work");
        await app.SendAsync(Url(app), $"wait {gate}");
        Assert.Equal(2, await InFlightAsync(app));
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);

        await EmptyAsync(app);
        Assert.Equal(4, app.Invocations.Count);
        File.Delete(gate);
    }

    [Fact]
    public async Task What_no_filter_wants_is_deleted_and_never_seen()
    {
        await using var app = await StartAsync(mapping: """'BatchSize': 10, 'FilterCriteria': { 'Filters': [{ 'Pattern': '{\"body\":{\"kind\":[\"wanted\"],\"n\":[{\"numeric\":[\">\",1]}]}}' }, { 'Pattern': '{\"body\":[\"plain\"]}' }] }""");

        await app.SendAsync(Url(app), """{"kind":"wanted","n":2}""", """{"kind":"wanted","n":1}""", """{"kind":"other","n":2}""", "plain", "other text");

        await EmptyAsync(app);
        Assert.Equal(["plain", """{"kind":"wanted","n":2}"""], app.Invocations.SelectMany(Bodies).Order());
        Assert.Equal(0, await app.CountAsync(app.Deployment.Outputs["DeadUrl"]));
    }

    [Fact]
    public async Task A_FIFO_batch_of_more_than_6_MB_stops_a_group_at_its_first_failure()
    {
        await using var app = await StartAsync(queue: "'FifoQueue': true, 'ContentBasedDeduplication': true, 'VisibilityTimeout': 30", mapping: "'BatchSize': 10, 'Enabled': false", fifoDead: true);
        var filling = new string('x', 1_000_000);
        for (var number = 0; number < 8; number++)
        {
            await app.Services.SqsAsync(
                "SendMessage",
                new JsonObject { ["QueueUrl"] = Url(app), ["MessageBody"] = $"{(number == 0 ? "fail" : "a")} {number} {filling}", ["MessageGroupId"] = number == 7 ? "b" : "a" },
                TestContext.Current.CancellationToken);
        }

        using var lambda = new LambdaApi(app.Endpoint);
        var mapping = Assert.Single((await lambda.CallAsync(HttpMethod.Get, "/2015-03-31/event-source-mappings"))["EventSourceMappings"]!.AsArray())!;
        await lambda.CallAsync(HttpMethod.Put, $"/2015-03-31/event-source-mappings/{mapping["UUID"]}", "{'Enabled':true}");

        // The first event holds six of group a; the second would hold the rest of it, and holds group b alone.
        await Eventually.TrueAsync(() => app.Invocations.Count >= 2, "both parts are invoked");
        Assert.All(app.Invocations, invocation => Assert.InRange(invocation.Payload.Length, 1, 6 * 1024 * 1024));
        var seen = app.Invocations.Select(invocation => string.Join(' ', Bodies(invocation).Select(body => body.Split(' ')[1]))).ToList();
        Assert.Equal("7", seen[1]);
    }

    [Fact]
    public async Task A_throttled_batch_is_told_and_has_used_up_a_receive()
    {
        await using var app = await StartAsync(mapping: "'BatchSize': 10, 'Enabled': false");
        using var lambda = new LambdaApi(app.Endpoint);
        var mapping = Assert.Single((await lambda.CallAsync(HttpMethod.Get, "/2015-03-31/event-source-mappings"))["EventSourceMappings"]!.AsArray())!;
        var name = ((string)mapping["FunctionArn"]!).Split(':')[^1];
        await lambda.CallAsync(HttpMethod.Put, $"/2017-10-31/functions/{name}/concurrency", "{'ReservedConcurrentExecutions':0}");
        await app.SendAsync(Url(app), "one");

        await lambda.CallAsync(HttpMethod.Put, $"/2015-03-31/event-source-mappings/{mapping["UUID"]}", "{'Enabled':true}");

        await Eventually.TrueAsync(() => app.Logs.Any(line => line.Contains("a batch of 1 messages was throttled by function Worker", StringComparison.Ordinal)), "the log tells of it");
        _time.Advance(Visibility);
        await Eventually.TrueAsync(() => app.Invocations.Count == 2, "it comes back");
        _time.Advance(Visibility);
        await DeadAsync(app);
    }

    [Fact]
    public async Task A_process_killed_in_the_middle_of_a_batch_loses_no_message()
    {
        await using var app = await StartAsync();

        await app.SendAsync(Url(app), "one", "die-once", "two");
        await Eventually.TrueAsync(() => Failures(app) == 1 && app.Invocations.SelectMany(Bodies).Distinct().Count() == 3, "a process is killed");
        _time.Advance(Visibility);

        await Eventually.TrueAsync(() => app.Invocations.Where(invocation => invocation.Error is null).SelectMany(Bodies).Distinct().Count() == 3, "every message is handled by a process that lives");
        await EmptyAsync(app);
        var killed = Assert.Single(app.Invocations, invocation => invocation.Error is not null);
        Assert.StartsWith("Runtime.ExitError", killed.Error, StringComparison.Ordinal);
        Assert.Equal(Bodies(killed).Count(), killed.FailedItems.Count);
        Assert.Equal(0, await app.CountAsync(app.Deployment.Outputs["DeadUrl"]));
    }

    [Fact]
    public async Task A_function_that_does_not_start_leaves_its_messages_in_the_queue()
    {
        await using var app = await StartAsync(change: options => options with { Environment = new Dictionary<string, string> { ["START"] = "exit" } });

        await app.SendAsync(Url(app), "one");

        Assert.StartsWith("Runtime.InitError", (await FirstAsync(app)).Error, StringComparison.Ordinal);
        Assert.Equal(1, await app.CountAsync(Url(app)));
        _time.Advance(Visibility);
        await Eventually.TrueAsync(() => Failures(app) == 2, "it is tried again");
        _time.Advance(Visibility);
        await DeadAsync(app);
    }

    [Fact]
    public async Task The_order_of_a_FIFO_group_is_kept_while_batches_run_at_the_same_time()
    {
        await using var app = await StartAsync(queue: "'FifoQueue': true, 'ContentBasedDeduplication': true", mapping: "'BatchSize': 3, 'ScalingConfig': { 'MaximumConcurrency': 4 }", fifoDead: true);
        var groups = new[] { "a", "b", "c" };

        for (var number = 0; number < 12; number++)
        {
            foreach (var group in groups)
            {
                await app.Services.SqsAsync(
                    "SendMessage",
                    new JsonObject { ["QueueUrl"] = Url(app), ["MessageBody"] = $"{group} {number:D2}", ["MessageGroupId"] = group },
                    TestContext.Current.CancellationToken);
            }
        }

        await EmptyAsync(app);
        foreach (var group in groups)
            Assert.Equal(Enumerable.Range(0, 12).Select(number => $"{group} {number:D2}"), app.Invocations.SelectMany(Bodies).Where(body => body.StartsWith(group, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Messages_of_a_window_are_handled_together()
    {
        await using var app = await StartAsync(mapping: "'BatchSize': 25, 'MaximumBatchingWindowInSeconds': 20");

        await app.SendAsync(Url(app), [.. Enumerable.Range(0, 10).Select(number => $"{number}")]);
        await app.SendAsync(Url(app), [.. Enumerable.Range(10, 10).Select(number => $"{number}")]);
        await app.SendAsync(Url(app), [.. Enumerable.Range(20, 5).Select(number => $"{number}")]);

        await EmptyAsync(app);
        Assert.Equal(25, Bodies(Assert.Single(app.Invocations)).Count());
    }

    [Fact]
    public async Task Messages_of_more_than_6_MB_are_handled_in_several_events()
    {
        await using var app = await StartAsync(mapping: "'BatchSize': 20, 'MaximumBatchingWindowInSeconds': 20");

        for (var number = 0; number < 7; number++)
            await app.SendAsync(Url(app), new string('x', 1_000_000));

        await EmptyAsync(app);
        Assert.All(app.Invocations, invocation => Assert.InRange(invocation.Payload.Length, 1_000_000, 6 * 1024 * 1024));
        Assert.Equal(7, app.Invocations.SelectMany(Bodies).Count());
        Assert.Contains(app.Invocations, invocation => Bodies(invocation).Count() > 1);
        Assert.All(app.Invocations, invocation => Assert.Null(invocation.Error));
    }

    [Fact]
    public async Task A_queue_that_cannot_be_polled_is_reported_once_and_polled_again_when_it_can()
    {
        await using var app = await DeployedApp.StartAsync("""
            { 'Resources': {
              'Worker': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Worker', 'Runtime': 'dotnet10' } },
              'Mapping': { 'Type': 'AWS::Lambda::EventSourceMapping', 'Properties': { 'FunctionName': { 'Ref': 'Worker' }, 'EventSourceArn': 'arn:aws:sqs:us-east-1:000000000000:later' } } } }
            """);
        await Eventually.TrueAsync(() => app.Logs.Any(line => line.Contains("cannot be polled", StringComparison.Ordinal)), "the log tells of it");

        var url = await app.Services.SqsAsync("CreateQueue", new JsonObject { ["QueueName"] = "later" }, TestContext.Current.CancellationToken);
        await app.SendAsync(url["QueueUrl"]!.GetValue<string>(), "back");

        await FirstAsync(app);
        Assert.Single(app.Logs, line => line.Contains("cannot be polled", StringComparison.Ordinal));
        Assert.Single(app.Logs, line => line.Contains("is polled again", StringComparison.Ordinal));
    }

    private Task<DeployedApp> StartAsync(
        string queue = "'VisibilityTimeout': 30",
        string mapping = "'BatchSize': 10",
        string types = "['ReportBatchItemFailures']",
        bool fifoDead = false,
        Func<DeploymentOptions, DeploymentOptions>? change = null) => DeployedApp.StartAsync(
        $$"""
        { 'Resources': {
          'Dead': { 'Type': 'AWS::SQS::Queue', 'Properties': { 'FifoQueue': {{(fifoDead ? "true" : "false")}} } },
          'Queue': { 'Type': 'AWS::SQS::Queue', 'Properties': { {{queue}}, 'RedrivePolicy': { 'deadLetterTargetArn': { 'Fn::GetAtt': ['Dead', 'Arn'] }, 'maxReceiveCount': 2 } } },
          'Worker': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Worker', 'Runtime': 'dotnet10', 'Timeout': 10 } },
          'Mapping': { 'Type': 'AWS::Lambda::EventSourceMapping', 'Properties': { 'FunctionName': { 'Ref': 'Worker' }, 'EventSourceArn': { 'Fn::GetAtt': ['Queue', 'Arn'] }, {{mapping}}, 'FunctionResponseTypes': {{types}} } } },
          'Outputs': { 'Url': { 'Value': { 'Ref': 'Queue' } }, 'Arn': { 'Value': { 'Fn::GetAtt': ['Queue', 'Arn'] } }, 'Name': { 'Value': { 'Fn::GetAtt': ['Queue', 'QueueName'] } }, 'DeadUrl': { 'Value': { 'Ref': 'Dead' } } } }
        """,
        change,
        _time);

    private static async Task<int> InFlightAsync(DeployedApp app)
    {
        var input = new JsonObject { ["QueueUrl"] = Url(app), ["AttributeNames"] = new JsonArray("ApproximateNumberOfMessagesNotVisible") };
        var answer = await app.Services.SqsAsync("GetQueueAttributes", input, TestContext.Current.CancellationToken);
        return int.Parse((string)answer["Attributes"]!["ApproximateNumberOfMessagesNotVisible"]!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Url(DeployedApp app) => app.Deployment.Outputs["Url"];

    private static async Task<Invocation> FirstAsync(DeployedApp app)
    {
        await Eventually.TrueAsync(() => app.Invocations.Count > 0, "the function is invoked");
        return app.Invocations.First();
    }

    private static int Failures(DeployedApp app) => app.Invocations.Count(invocation => invocation.FailedItems.Count > 0);

    private static Task DeadAsync(DeployedApp app) =>
        Eventually.TrueAsync(async () => await app.CountAsync(app.Deployment.Outputs["DeadUrl"]) == 1, "the message is in the dead-letter queue");

    private static Task EmptyAsync(DeployedApp app) => Eventually.TrueAsync(async () => await app.CountAsync(Url(app)) == 0, "the queue is empty");

    private static IEnumerable<string> Bodies(Invocation invocation) =>
        JsonNode.Parse(invocation.Payload.Span)!["Records"]!.AsArray().Select(record => record!["body"]!.GetValue<string>());
}
