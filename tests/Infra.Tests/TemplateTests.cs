namespace Infra.Tests;

public sealed class TemplateTests(Synthesis synthesis)
{
    [Fact]
    public async Task Cfn_lint_finds_nothing_in_any_template()
    {
        var lint = await CommandLine.RunAsync("cfn-lint", ["--", .. synthesis.Templates], AppContext.BaseDirectory);
        Assert.SkipWhen(lint is null, "cfn-lint is not installed: pip install cfn-lint.");

        Assert.True(lint!.ExitCode == 0, lint.Output + lint.Error);
    }

    [Fact]
    public void What_holds_state_is_apart_from_what_does_not()
    {
        Assert.All(synthesis.Resources.Where(resource => resource.Type is "AWS::DSQL::Cluster" or "AWS::KMS::Key" or "AWS::SNS::Topic" or "AWS::S3::Bucket"),
            resource => Assert.NotEqual("Bookings-Flow", resource.Stack));
        Assert.All(synthesis.OfType("AWS::Lambda::Function"), function => Assert.Equal("Bookings-Flow", function.Stack));
    }

    [Theory]
    [InlineData("FunctionName", "AWS::Lambda::Function")]
    [InlineData("QueueName", "AWS::SQS::Queue")]
    [InlineData("RoleName", "AWS::IAM::Role")]
    [InlineData("LogGroupName", "AWS::Logs::LogGroup")]
    [InlineData("AlarmName", "AWS::CloudWatch::Alarm")]
    public void Nothing_has_a_name_that_a_second_deployment_would_collide_with(string property, string type) =>
        Assert.All(synthesis.OfType(type), resource => Assert.Null(resource[property]));
}
