using System.Text.Json.Nodes;
using LocalCloud.Templates;

namespace LocalCloud.Tests.Templates;

public class DeploymentTests
{
    private const string Function = "'Worker': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Worker', 'Runtime': 'dotnet10', 'Timeout': 10, 'MemorySize': 256, 'Environment': { 'Variables': { 'QUEUE_URL': { 'Ref': 'Queue' }, 'NUMBER': 7 } } } }";

    [Fact]
    public async Task Queues_topics_and_subscriptions_are_created_with_their_attributes_and_deliver()
    {
        await using var app = await DeployedApp.StartAsync("""
            { 'Resources': {
              'Topic': { 'Type': 'AWS::SNS::Topic', 'Properties': { 'DisplayName': 'Events', 'Tags': [{ 'Key': 'team', 'Value': 'shop' }] } },
              'TopicPolicy': { 'Type': 'AWS::SNS::TopicPolicy', 'Properties': { 'Topics': [{ 'Ref': 'Topic' }], 'PolicyDocument': { 'Version': '2012-10-17', 'Statement': [] } } },
              'Subscription': { 'Type': 'AWS::SNS::Subscription', 'Properties': { 'TopicArn': { 'Ref': 'Topic' }, 'Protocol': 'sqs', 'Endpoint': { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'RawMessageDelivery': true,
                'FilterPolicy': { 'type': ['wanted'] }, 'RedrivePolicy': { 'deadLetterTargetArn': { 'Fn::GetAtt': ['Dead', 'Arn'] } } } },
              'Queue': { 'Type': 'AWS::SQS::Queue', 'Properties': { 'VisibilityTimeout': 77, 'RedrivePolicy': { 'deadLetterTargetArn': { 'Fn::GetAtt': ['Dead', 'Arn'] }, 'maxReceiveCount': 5 }, 'Tags': [{ 'Key': 'team', 'Value': 'shop' }] } },
              'QueuePolicy': { 'Type': 'AWS::SQS::QueuePolicy', 'Properties': { 'Queues': [{ 'Ref': 'Queue' }], 'PolicyDocument': { 'Version': '2012-10-17', 'Statement': [{ 'Effect': 'Allow', 'Principal': { 'Service': 'sns.amazonaws.com' }, 'Action': 'sqs:SendMessage', 'Resource': { 'Fn::GetAtt': ['Queue', 'Arn'] } }] } } },
              'Dead': { 'Type': 'AWS::SQS::Queue' },
              'Ordered': { 'Type': 'AWS::SQS::Queue', 'Properties': { 'FifoQueue': true, 'ContentBasedDeduplication': true } } },
              'Outputs': { 'Url': { 'Value': { 'Ref': 'Queue' } }, 'TopicArn': { 'Value': { 'Ref': 'Topic' } }, 'OrderedName': { 'Value': { 'Fn::GetAtt': ['Ordered', 'QueueName'] } }, 'Dead': { 'Value': { 'Fn::GetAtt': ['Dead', 'Arn'] } } } }
            """);
        var outputs = app.Deployment.Outputs;

        await PublishAsync(app, "unwanted");
        await PublishAsync(app, "wanted");

        var message = Assert.Single((await app.Services.SqsAsync("ReceiveMessage", Queue(app, ("WaitTimeSeconds", 20), ("MaxNumberOfMessages", 10)), TestContext.Current.CancellationToken))["Messages"]!.AsArray());
        Assert.Equal("this is wanted", message!["Body"]!.GetValue<string>());
        var attributes = (await app.Services.SqsAsync("GetQueueAttributes", Queue(app, ("AttributeNames", new JsonArray("All"))), TestContext.Current.CancellationToken))["Attributes"]!;
        Assert.Equal("77", attributes["VisibilityTimeout"]!.GetValue<string>());
        Assert.Contains("sns.amazonaws.com", attributes["Policy"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(outputs["Dead"], JsonNode.Parse(attributes["RedrivePolicy"]!.GetValue<string>())!["deadLetterTargetArn"]!.GetValue<string>());
        Assert.Matches("^shop-Ordered-[0-9a-f]{8}\\.fifo$", outputs["OrderedName"]);
        Assert.Equal(outputs["Url"], outputs["shop.Url"]);
    }

    [Fact]
    public async Task A_function_sees_what_the_template_and_Lambda_say()
    {
        await using var app = await DeployedApp.StartAsync($$"""{ 'Resources': { {{Function}}, 'Queue': { 'Type': 'AWS::SQS::Queue' } }, 'Outputs': { 'Url': { 'Value': { 'Ref': 'Queue' } } } }""");

        var variables = await app.InvokeAsync("Worker", "{ 'do': 'environment' }");

        Assert.Equal(app.Deployment.Outputs["Url"], variables["QUEUE_URL"]!.GetValue<string>());
        Assert.Equal("7", variables["NUMBER"]!.GetValue<string>());
        Assert.Matches("^shop-Worker-[0-9a-f]{8}$", variables["AWS_LAMBDA_FUNCTION_NAME"]!.GetValue<string>());
        Assert.Equal(
            ("$LATEST", "256", "us-east-1", "test", "Worker"),
            (Variable("AWS_LAMBDA_FUNCTION_VERSION"), Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), Variable("AWS_REGION"), Variable("AWS_ACCESS_KEY_ID"), Variable("_HANDLER")));
        Assert.StartsWith("http://127.0.0.1:", Variable("AWS_ENDPOINT_URL"), StringComparison.Ordinal);
        Assert.Null(variables["AWS_ENDPOINT_URL_SQS"]);

        string Variable(string name) => variables[name]!.GetValue<string>();
    }

    [Fact]
    public async Task An_overridden_variable_is_not_resolved()
    {
        await using var app = await DeployedApp.StartAsync(
            """
            { 'Resources': { 'Cluster': { 'Type': 'AWS::DSQL::Cluster' },
              'Worker': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Worker', 'Runtime': 'dotnet10', 'Environment': { 'Variables': { 'DATABASE': { 'Fn::Sub': 'Host=${Cluster.Endpoint}' } } } } } } }
            """,
            options => options with { Environment = new Dictionary<string, string> { ["DATABASE"] = "Host=localhost", ["ALSO"] = "here" } });

        var variables = await app.InvokeAsync("Worker", "{ 'do': 'environment' }");

        Assert.Equal("Host=localhost", variables["DATABASE"]!.GetValue<string>());
        Assert.Equal("here", variables["ALSO"]!.GetValue<string>());
    }

    [Fact]
    public async Task Another_endpoint_for_queues_and_topics_is_told_to_the_functions()
    {
        await using var app = await DeployedApp.StartAsync(
            "{ 'Resources': { 'Worker': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Worker', 'Runtime': 'dotnet10' } } } }",
            options => options with { CloudEndpoint = new Uri("http://127.0.0.1:9") });

        var variables = await app.InvokeAsync("Worker", "{ 'do': 'environment' }");

        Assert.Equal("http://127.0.0.1:9", variables["AWS_ENDPOINT_URL"]!.GetValue<string>());
        Assert.NotEqual("http://127.0.0.1:9", variables["AWS_ENDPOINT_URL_SQS"]!.GetValue<string>());
        Assert.Equal(variables["AWS_ENDPOINT_URL_SQS"]!.GetValue<string>(), variables["AWS_ENDPOINT_URL_SNS"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(
        "'Q': { 'Type': 'AWS::SQS::Queue', 'Properties': { 'Tags': [{ 'Key': 'k', 'Value': { 'Fn::GetAtt': ['Cluster', 'Endpoint'] } }] } }, 'Cluster': { 'Type': 'AWS::DSQL::Cluster' }",
        "Resource 'Q' of stack 'shop': attribute 'Endpoint' of 'Cluster' (AWS::DSQL::Cluster) is not known here. If only an environment variable needs it, override that variable.")]
    [InlineData(
        "'S': { 'Type': 'AWS::CloudFormation::Stack', 'Properties': { 'TemplateURL': 'https://example.com/t' } }",
        "Resource 'S' of stack 'shop' (AWS::CloudFormation::Stack) is a nested stack, which is not deployed here. Make it a stack of its own in the same app, with imports between the two.")]
    [InlineData(
        "'Q': { 'Type': 'AWS::SQS::Queue', 'Properties': { 'Tags': ['team'] } }",
        "Resource 'Q' of stack 'shop' (AWS::SQS::Queue) has properties of another shape than CloudFormation documents (The node must be of type 'JsonObject').")]
    [InlineData(
        "'F': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'F', 'Runtime': 'dotnet10' } }, 'M': { 'Type': 'AWS::Lambda::EventSourceMapping', 'Properties': { 'FunctionName': { 'Ref': 'F' }, 'EventSourceArn': 'arn:aws:sqs:r:a:q', 'BatchSize': 20 } }",
        "Resource 'M' of stack 'shop' (AWS::Lambda::EventSourceMapping) has a BatchSize of 20 without a MaximumBatchingWindowInSeconds. Choose a window of at least 1, or a batch of at most 10.")]
    [InlineData(
        "'F': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'F', 'Runtime': 'dotnet10' } }, 'M': { 'Type': 'AWS::Lambda::EventSourceMapping', 'Properties': { 'FunctionName': { 'Ref': 'F' }, 'EventSourceArn': 'arn:aws:sqs:r:a:q', 'FilterCriteria': { 'Filters': [{ 'Pattern': '[]' }] } } }",
        "Resource 'M' of stack 'shop' (AWS::Lambda::EventSourceMapping) has FilterCriteria that Lambda would not take: a pattern must be a JSON object.")]
    [InlineData(
        "'R': { 'Type': 'AWS::Events::Rule', 'Properties': { 'ScheduleExpression': 'every minute', 'Targets': [{ 'Arn': 'x', 'Id': '1' }] } }",
        "Resource 'R' of stack 'shop' (AWS::Events::Rule) has a ScheduleExpression that cannot be read: 'every minute' is no schedule. Write rate(5 minutes), rate(1 hour) or cron(0 12 * * ? *).")]
    [InlineData(
        "'M': { 'Type': 'AWS::Lambda::EventSourceMapping', 'Properties': { 'FunctionName': 'nobody', 'EventSourceArn': 'arn:aws:sqs:r:a:q' } }",
        "Resource 'M' of stack 'shop' (AWS::Lambda::EventSourceMapping) needs the function 'nobody', which is not in this app. Deploy both together.")]
    public async Task What_cannot_be_created_is_an_error_that_names_the_resource_and_what_to_do(string resources, string sentence) =>
        Assert.Equal(sentence, (await Assert.ThrowsAsync<TemplateException>(() => DeployedApp.StartAsync($"{{ 'Resources': {{ {resources} }} }}"))).Message);

    [Fact]
    public async Task A_subscription_of_a_function_at_another_emulators_topic_is_an_error_that_says_what_to_do() => Assert.Equal(
        "Resource 'S' of stack 'shop' (AWS::SNS::Subscription) has the protocol 'lambda': the topics of another emulator do not reach functions here. Put a queue between topic and function, which also keeps what the function cannot take.",
        (await Assert.ThrowsAsync<TemplateException>(() => DeployedApp.StartAsync(
            "{ 'Resources': { 'S': { 'Type': 'AWS::SNS::Subscription', 'Properties': { 'TopicArn': 'arn:t', 'Protocol': 'lambda', 'Endpoint': 'arn:f' } } } }",
            options => options with { Cloud = null }))).Message);

    [Fact]
    public async Task What_the_service_refuses_is_an_error_with_the_services_own_words()
    {
        var error = await Assert.ThrowsAsync<TemplateException>(() => DeployedApp.StartAsync("{ 'Resources': { 'Q': { 'Type': 'AWS::SQS::Queue', 'Properties': { 'VisibilityTimeout': 50000 } } } }"));

        Assert.Matches("^Resource 'Q' of stack 'shop' \\(AWS::SQS::Queue\\) was refused by http://127.0.0.1:[0-9]+/: InvalidAttributeValue: .*VisibilityTimeout.*\\.$", error.Message);
    }

    [Fact]
    public async Task An_unknown_type_is_named_once_and_a_quiet_one_never()
    {
        await using var app = await DeployedApp.StartAsync(
            "{ 'Resources': { 'A': { 'Type': 'AWS::EC2::VPC' }, 'B': { 'Type': 'AWS::EC2::VPC' }, 'R': { 'Type': 'AWS::IAM::InstanceProfile' } }, 'Outputs': { 'Arn': { 'Value': { 'Fn::GetAtt': ['B', 'SomeArn'] } } } }");

        Assert.Equal("LocalCloud.Templates.Deployment: Resources of type AWS::EC2::VPC are not created here, A of stack shop for example.", Assert.Single(app.Logs));
        Assert.StartsWith("arn:aws:ec2:us-east-1:000000000000:shop-B-", app.Deployment.Outputs["Arn"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_uses_what_another_exports()
    {
        await using var app = await DeployedApp.StartAsync(
        [
            ("app", """{ 'Resources': { 'Worker': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Worker', 'Runtime': 'dotnet10', 'Environment': { 'Variables': { 'QUEUE': { 'Fn::ImportValue': 'base:url' } } } } } } }"""),
            ("base", """{ 'Resources': { 'Queue': { 'Type': 'AWS::SQS::Queue' } }, 'Outputs': { 'Out': { 'Value': { 'Ref': 'Queue' }, 'Export': { 'Name': 'base:url' } } } }"""),
        ]);

        Assert.Equal(app.Deployment.Outputs["base.Out"], (await app.InvokeAsync("Worker", "{ 'do': 'environment' }"))["QUEUE"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_was_created_at_an_endpoint_that_outlives_the_deployment_is_deleted()
    {
        await using var app = await DeployedApp.StartAsync(
            """
            { 'Resources': { 'Queue': { 'Type': 'AWS::SQS::Queue' }, 'Topic': { 'Type': 'AWS::SNS::Topic' },
              'Subscription': { 'Type': 'AWS::SNS::Subscription', 'Properties': { 'TopicArn': { 'Ref': 'Topic' }, 'Protocol': 'sqs', 'Endpoint': { 'Fn::GetAtt': ['Queue', 'Arn'] } } } },
              'Outputs': { 'Url': { 'Value': { 'Ref': 'Queue' } } } }
            """,
            options => options with { DeleteOnDispose = true });

        await app.Deployment.DisposeAsync();

        Assert.Empty((await app.Services.SqsAsync("ListQueues", [], TestContext.Current.CancellationToken))["QueueUrls"] as JsonArray ?? []);
        Assert.Empty((await app.Services.SnsAsync("ListTopics", [], TestContext.Current.CancellationToken)).Descendants("TopicArn"));
        Assert.Empty((await app.Services.SnsAsync("ListSubscriptions", [], TestContext.Current.CancellationToken)).Descendants("SubscriptionArn"));
    }

    [Fact]
    public async Task A_function_that_does_not_exist_is_an_error_that_names_those_that_do()
    {
        await using var app = await DeployedApp.StartAsync($$"""{ 'Resources': { {{Function}}, 'Queue': { 'Type': 'AWS::SQS::Queue' } } }""");

        var error = await Assert.ThrowsAsync<ArgumentException>(() => app.Deployment.InvokeAsync("Nobody", default, TestContext.Current.CancellationToken));

        Assert.StartsWith("There is no function 'Nobody'. There are: Worker.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_cannot_be_run_fails_the_deployment_and_not_the_first_message()
    {
        var error = await Assert.ThrowsAsync<TemplateException>(() => DeployedApp.StartAsync(
            "{ 'Resources': { 'F': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'F', 'Runtime': 'dotnet10' } } } }",
            options => options with { StartFunction = handler => throw new FileNotFoundException($"{handler}.dll is not built.") }));

        Assert.Equal("Resource 'F' of stack 'shop' (AWS::Lambda::Function) has the handler 'F', which cannot be run: F.dll is not built.", error.Message);
    }

    private static JsonObject Queue(DeployedApp app, params (string Name, JsonNode Value)[] members)
    {
        var input = new JsonObject { ["QueueUrl"] = app.Deployment.Outputs["Url"] };
        foreach (var (name, value) in members)
            input[name] = value;
        return input;
    }

    private static async Task PublishAsync(DeployedApp app, string type) => await app.Services.SnsAsync(
        "Publish",
        [
            ("TopicArn", app.Deployment.Outputs["TopicArn"]),
            ("Message", $"this is {type}"),
            ("MessageAttributes.entry.1.Name", "type"),
            ("MessageAttributes.entry.1.Value.DataType", "String"),
            ("MessageAttributes.entry.1.Value.StringValue", type),
        ],
        TestContext.Current.CancellationToken);
}
