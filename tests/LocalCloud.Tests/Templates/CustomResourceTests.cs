using System.Text.Json.Nodes;
using LocalCloud.Templates;

namespace LocalCloud.Tests.Templates;

public class CustomResourceTests
{
    [Fact]
    public async Task A_custom_resource_is_created_by_its_function_and_its_data_can_be_used()
    {
        await using var app = await DeployedApp.StartAsync(Template("SUCCESS"));

        var request = JsonNode.Parse(app.Deployment.Outputs["Request"])!;
        Assert.Equal("made-by-function", app.Deployment.Outputs["Ref"]);
        Assert.Equal("42", app.Deployment.Outputs["Number"]);
        Assert.Equal(
            ("Create", "Custom::Schema", "Schema", "arn:aws:cloudformation:us-east-1:000000000000:stack/shop/local"),
            (request["RequestType"]!.GetValue<string>(), request["ResourceType"]!.GetValue<string>(), request["LogicalResourceId"]!.GetValue<string>(), request["StackId"]!.GetValue<string>()));
        Assert.Equal("3", request["ResourceProperties"]!["Version"]!.GetValue<string>());
        Assert.Equal("true", request["ResourceProperties"]!["Nested"]!["Flag"]!.GetValue<string>());
        Assert.Equal("custom-resource", Assert.Single(app.Invocations).Source);
    }

    [Theory]
    [InlineData("FAILED", "Resource 'Schema' of stack 'shop' (Custom::Schema) was not created: its function 'Migrations' answered FAILED, because: because it was told so.")]
    [InlineData("throw", "Resource 'Schema' of stack 'shop' (Custom::Schema) was not created: its function 'Migrations' failed with Broken: as told.")]
    [InlineData("silence", "Resource 'Schema' of stack 'shop' (Custom::Schema) was not created: its function 'Migrations' ended without an answer to the ResponseURL. PUT one with a Status, on every path.")]
    public async Task A_custom_resource_that_fails_is_an_error_with_its_reason(string answer, string sentence) =>
        Assert.Equal(sentence, (await Assert.ThrowsAsync<TemplateException>(() => DeployedApp.StartAsync(Template(answer)))).Message);

    [Fact]
    public async Task A_custom_resource_whose_function_is_silent_is_waited_for_as_long_as_its_ServiceTimeout()
    {
        var time = new Lambda.ManualTime(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        var starting = DeployedApp.StartAsync(Template("silence").Replace("'Version': 3", "'Version': 3, 'ServiceTimeout': 60", StringComparison.Ordinal), options => options with { Time = time });
        await Lambda.Eventually.TrueAsync(() => time.Waiting > 0, "the deployment waits");

        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(
            "Resource 'Schema' of stack 'shop' (Custom::Schema) was not created: its function 'Migrations' gave no answer within the ServiceTimeout of 60 s.",
            (await Assert.ThrowsAsync<TemplateException>(() => starting)).Message);
    }

    [Fact]
    public async Task A_custom_resource_of_a_function_that_is_not_run_is_skipped_and_the_log_says_so()
    {
        await using var app = await DeployedApp.StartAsync("""
            { 'Resources': {
              'Retention': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'index.handler', 'Runtime': 'nodejs20.x' } },
              'Logs': { 'Type': 'Custom::LogRetention', 'Properties': { 'ServiceToken': { 'Fn::GetAtt': ['Retention', 'Arn'] } } } } }
            """);

        Assert.Contains("LocalCloud.Templates.Deployment: Custom resource Logs of stack shop is skipped: its function has the runtime nodejs20.x, which is not run here.", app.Logs);
    }

    private static string Template(string answer) => $$"""
        { 'Resources': {
          'Migrations': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Migrations', 'Runtime': 'dotnet10', 'Timeout': 10 } },
          'Schema': { 'Type': 'Custom::Schema', 'Properties': { 'ServiceToken': { 'Fn::GetAtt': ['Migrations', 'Arn'] }, 'Answer': '{{answer}}', 'Version': 3, 'Nested': { 'Flag': true } } } },
          'Outputs': { 'Ref': { 'Value': { 'Ref': 'Schema' } }, 'Number': { 'Value': { 'Fn::GetAtt': ['Schema', 'Number'] } }, 'Request': { 'Value': { 'Fn::GetAtt': ['Schema', 'Request'] } } } }
        """;
}
