using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;
using LocalCloud.Templates;
using LocalCloud.Tests.Templates;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Tests.Iam;

/// <summary>What a template says about permissions holds for its functions.</summary>
public class DeployedRoleTests
{
    private const string Trust = "'AssumeRolePolicyDocument': { 'Statement': [{ 'Effect': 'Allow', 'Principal': { 'Service': 'lambda.amazonaws.com' }, 'Action': 'sts:AssumeRole' }] }";
    private const string Function = "'Worker': { 'Type': 'AWS::Lambda::Function', 'DependsOn': ['Policy'], 'Properties': { 'Handler': 'Worker', 'Runtime': 'dotnet10', 'Timeout': 10, 'Role': { 'Fn::GetAtt': ['Role', 'Arn'] } } }";
    private const string Mapping = "'Mapping': { 'Type': 'AWS::Lambda::EventSourceMapping', 'Properties': { 'FunctionName': { 'Ref': 'Worker' }, 'EventSourceArn': { 'Fn::GetAtt': ['Queue', 'Arn'] } } }";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_may_what_its_role_may_and_is_refused_the_rest()
    {
        await using var app = await DeployedApp.StartAsync(App("sqs:SendMessage"));
        var variables = await app.InvokeAsync("Worker", "{ 'do': 'environment' }");
        string Variable(string name) => variables[name]!.GetValue<string>();
        using var worker = new ServiceClient(new Uri(Variable("AWS_ENDPOINT_URL")), "us-east-1", new AccessKey(Variable("AWS_ACCESS_KEY_ID"), Variable("AWS_SECRET_ACCESS_KEY"), Variable("AWS_SESSION_TOKEN")));
        var queue = app.Deployment.Outputs["Url"];

        await worker.SendAsync(queue);
        var error = await Assert.ThrowsAsync<ServiceError>(() => worker.SqsAsync("PurgeQueue", new JsonObject { ["QueueUrl"] = queue }, Ct));

        Assert.Matches("^AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/shop-Role-[0-9a-f]{8}/shop-Worker-[0-9a-f]{8} is not authorized to perform: sqs:purgequeue on resource: ", error.Message);
    }

    [Fact]
    public async Task A_policy_resource_of_one_role_holds_too()
    {
        await using var app = await DeployedApp.StartAsync(App("sqs:SendMessage", Mapping
            + ", 'Own': { 'Type': 'AWS::IAM::RolePolicy', 'Properties': { 'PolicyName': 'more', 'RoleName': { 'Ref': 'Role' }, 'PolicyDocument': { 'Version': '2012-10-17', 'Statement': [{ 'Effect': 'Allow', 'Action': 'sqs:*', 'Resource': '*' }] } } }")
            .Replace("'DependsOn': ['Policy']", "'DependsOn': ['Own']", StringComparison.Ordinal));

        await app.SendAsync(app.Deployment.Outputs["Url"], "hello");

        await LocalCloud.Tests.Lambda.Eventually.TrueAsync(async () => app.Invocations.Count == 1 && await app.CountAsync(app.Deployment.Outputs["Url"]) == 0, "the message is handled and deleted");
    }

    [Fact]
    public async Task A_mapping_receives_with_the_function_s_role()
    {
        await using var app = await DeployedApp.StartAsync(App("sqs:*", Mapping));

        await app.SendAsync(app.Deployment.Outputs["Url"], "hello");

        await LocalCloud.Tests.Lambda.Eventually.TrueAsync(async () => app.Invocations.Count == 1 && await app.CountAsync(app.Deployment.Outputs["Url"]) == 0, "the message is handled and deleted");
    }

    [Fact]
    public async Task A_mapping_whose_role_may_not_receive_fails_the_deployment_as_on_AWS()
    {
        var error = await Assert.ThrowsAsync<TemplateException>(() => DeployedApp.StartAsync(App("sqs:SendMessage", Mapping)));

        Assert.Contains("The provided execution role does not have permissions to call ReceiveMessage on SQS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_Lambda_may_not_assume_fails_the_deployment_as_on_AWS()
    {
        var error = await Assert.ThrowsAsync<TemplateException>(() => DeployedApp.StartAsync(App("sqs:*").Replace("lambda.amazonaws.com", "ec2.amazonaws.com", StringComparison.Ordinal)));

        Assert.Contains("The role defined for the function cannot be assumed by Lambda", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployed_subscription_delivers_only_if_the_template_s_policies_say_so()
    {
        await using var app = await DeployedApp.StartAsync(
            """
            { 'Resources': {
              'Topic': { 'Type': 'AWS::SNS::Topic' }, 'Queue': { 'Type': 'AWS::SQS::Queue' },
              'Subscription': { 'Type': 'AWS::SNS::Subscription', 'Properties': { 'TopicArn': { 'Ref': 'Topic' }, 'Protocol': 'sqs', 'Endpoint': { 'Fn::GetAtt': ['Queue', 'Arn'] } } } },
              'Outputs': { 'Url': { 'Value': { 'Ref': 'Queue' } }, 'TopicArn': { 'Value': { 'Ref': 'Topic' } } } }
            """);

        await app.Services.SnsAsync("Publish", [("TopicArn", app.Deployment.Outputs["TopicArn"]), ("Message", "x")], Ct);

        Assert.Equal(0, await app.CountAsync(app.Deployment.Outputs["Url"]));
    }

    [Fact]
    public async Task A_route_without_a_permission_fails_and_the_log_says_why()
    {
        await using var app = await DeployedApp.StartAsync(
            """
            { 'Resources': {
              'Api': { 'Type': 'AWS::ApiGatewayV2::Api', 'Properties': { 'Name': 'api', 'ProtocolType': 'HTTP' } },
              'Function': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Api', 'Runtime': 'dotnet10' } },
              'Integration': { 'Type': 'AWS::ApiGatewayV2::Integration', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'IntegrationType': 'AWS_PROXY', 'IntegrationUri': { 'Fn::GetAtt': ['Function', 'Arn'] }, 'PayloadFormatVersion': '2.0' } },
              'Other': { 'Type': 'AWS::Lambda::Permission', 'Properties': { 'Action': 'lambda:InvokeFunction', 'FunctionName': { 'Ref': 'Function' }, 'Principal': 'apigateway.amazonaws.com', 'SourceArn': { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/other' } } },
              'Get': { 'Type': 'AWS::ApiGatewayV2::Route', 'Properties': { 'ApiId': { 'Ref': 'Api' }, 'RouteKey': 'GET /bookings', 'Target': { 'Fn::Join': ['', ['integrations/', { 'Ref': 'Integration' }]] } } } } }
            """);
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("GET", "/bookings");

        await app.Deployment.HttpApi(context);

        Assert.Equal(500, context.Response.StatusCode);
        Assert.Contains(app.Logs, line => line.Contains("Route GET /bookings may not invoke function Api: no AWS::Lambda::Permission lets apigateway.amazonaws.com", StringComparison.Ordinal));
        Assert.Empty(app.Invocations);
    }

    private static string App(string action, string? more = null) => $$"""
        { 'Resources': {
          'Queue': { 'Type': 'AWS::SQS::Queue' },
          'Role': { 'Type': 'AWS::IAM::Role', 'Properties': { {{Trust}}, 'ManagedPolicyArns': ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] } },
          'Policy': { 'Type': 'AWS::IAM::Policy', 'Properties': { 'PolicyName': 'own', 'Roles': [{ 'Ref': 'Role' }], 'PolicyDocument': { 'Version': '2012-10-17', 'Statement': [{ 'Effect': 'Allow', 'Action': '{{action}}', 'Resource': { 'Fn::GetAtt': ['Queue', 'Arn'] } }] } } },
          {{Function}}{{(more is null ? "" : "," + more)}} },
          'Outputs': { 'Url': { 'Value': { 'Ref': 'Queue' } } } }
        """;
}
