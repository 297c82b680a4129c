using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Tests.Lambda;

namespace LocalCloud.Tests.Templates;

public class ScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new(Start);

    [Fact]
    public async Task A_function_runs_at_the_rate_of_its_rule()
    {
        await using var app = await StartAsync("'Id': '1'");

        await MinuteAsync(app, runs: 1);
        await MinuteAsync(app, runs: 2);

        var scheduled = JsonNode.Parse(app.Invocations.Last().Payload.Span)!;
        Assert.Equal(("Scheduled Event", "aws.events", "2026-11-20T12:02:00Z"), (scheduled["detail-type"]!.GetValue<string>(), scheduled["source"]!.GetValue<string>(), scheduled["time"]!.GetValue<string>()));
        Assert.Equal(app.Deployment.Outputs["Arn"], scheduled["resources"]![0]!.GetValue<string>());
        Assert.All(app.Invocations, invocation => Assert.Equal(("schedule", null), (invocation.Source, invocation.Error)));
    }

    [Fact]
    public async Task A_target_with_an_input_gets_that_instead_of_the_event()
    {
        await using var app = await StartAsync("""'Id': '1', 'Input': '{\'job\':1}'""".Replace("\\'", "\\\"", StringComparison.Ordinal));

        await MinuteAsync(app, runs: 1);

        Assert.Equal("""{"job":1}""", Encoding.UTF8.GetString(app.Invocations.Single().Payload.Span));
    }

    [Fact]
    public async Task Time_that_passed_unseen_is_not_followed_by_a_burst()
    {
        await using var app = await StartAsync("'Id': '1'");
        await DueAsync();

        _time.Advance(TimeSpan.FromMinutes(10.5));
        await Eventually.TrueAsync(() => app.Invocations.Count == 1, "the run that was due is made up for");
        await MinuteAsync(app, runs: 2);

        Assert.Equal(["2026-11-20T12:01:00Z", "2026-11-20T12:11:30Z"], app.Invocations.Select(invocation => JsonNode.Parse(invocation.Payload.Span)!["time"]!.GetValue<string>()));
    }

    private async Task MinuteAsync(DeployedApp app, int runs)
    {
        await DueAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => app.Invocations.Count == runs, $"run {runs}");
    }

    private Task DueAsync() => Eventually.TrueAsync(() => _time.Waiting > 0, "the schedule waits for its time");

    private Task<DeployedApp> StartAsync(string target) => DeployedApp.StartAsync(
        $$"""
        { 'Resources': {
          'Sweep': { 'Type': 'AWS::Lambda::Function', 'Properties': { 'Handler': 'Sweep', 'Runtime': 'dotnet10', 'Timeout': 10 } },
          'Rule': { 'Type': 'AWS::Events::Rule', 'Properties': { 'ScheduleExpression': 'rate(1 minute)', 'State': 'ENABLED', 'Targets': [{ 'Arn': { 'Fn::GetAtt': ['Sweep', 'Arn'] }, {{target}} }] } },
          'Permission': { 'Type': 'AWS::Lambda::Permission', 'Properties': { 'Action': 'lambda:InvokeFunction', 'FunctionName': { 'Fn::GetAtt': ['Sweep', 'Arn'] }, 'Principal': 'events.amazonaws.com', 'SourceArn': { 'Fn::GetAtt': ['Rule', 'Arn'] } } },
          'Off': { 'Type': 'AWS::Events::Rule', 'Properties': { 'ScheduleExpression': 'rate(1 minute)', 'State': 'DISABLED', 'Targets': [{ 'Arn': { 'Fn::GetAtt': ['Sweep', 'Arn'] }, 'Id': '1' }] } } },
          'Outputs': { 'Arn': { 'Value': { 'Fn::GetAtt': ['Rule', 'Arn'] } } } }
        """,
        options => options with { Time = _time });
}
