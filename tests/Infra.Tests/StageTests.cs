using System.Text.Json;

namespace Infra.Tests;

public sealed class StageTests(Synthesis prod)
{
    private static readonly string[] Stateful = ["AWS::SQS::Queue", "AWS::KMS::Key", "AWS::DSQL::Cluster"];

    [Fact]
    public void Production_outlives_a_mistake()
    {
        Assert.All(Stateful.SelectMany(prod.OfType), resource => Assert.StartsWith("Retain", resource.Body.GetProperty("DeletionPolicy").GetString(), StringComparison.Ordinal));
        Assert.Equal([("Bookings-Database", true), ("Bookings-Flow", false), ("Bookings-Messaging", true)], Stacks(prod));
    }

    [Fact]
    public void Development_can_be_deleted_with_all_that_it_holds_and_its_logs_are_short()
    {
        using var dev = new Synthesis(("stage", "dev"));

        Assert.All(Stateful.SelectMany(dev.OfType), resource => Assert.Equal("Delete", resource.Body.GetProperty("DeletionPolicy").GetString()));
        Assert.False(Assert.Single(dev.OfType("AWS::DSQL::Cluster")).Flag("DeletionProtectionEnabled"));
        Assert.All(dev.OfType("AWS::Logs::LogGroup"), group => Assert.Equal(7, group.Number("RetentionInDays")));
        Assert.Equal([("Bookings-dev-Database", false), ("Bookings-dev-Flow", false), ("Bookings-dev-Messaging", false)], Stacks(dev));
    }

    [Fact]
    public void Copies_in_one_account_have_their_own_stacks_and_metrics()
    {
        using var copy = new Synthesis(("name", "Team-A"));

        Assert.Equal(["Team-A-Database", "Team-A-Flow", "Team-A-Messaging"], Stacks(copy).Select(stack => stack.Name));
        Assert.All(copy.OfType("AWS::Lambda::Function"), function =>
            Assert.Equal("Messaging/Team-A-Flow", function["Environment"]!.Value.GetProperty("Variables").GetProperty("AWS_EMF_NAMESPACE").GetString()));
    }

    private static IEnumerable<(string Name, bool IsProtected)> Stacks(Synthesis synthesis)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(synthesis.Templates[0])!, "manifest.json")));
        return
        [
            .. manifest.RootElement.GetProperty("artifacts").EnumerateObject().Where(artifact => artifact.Value.GetProperty("type").GetString() == "aws:cloudformation:stack")
                .Select(artifact => (artifact.Name, artifact.Value.GetProperty("properties").TryGetProperty("terminationProtection", out var flag) && flag.GetBoolean()))
                .OrderBy(stack => stack.Name, StringComparer.Ordinal),
        ];
    }
}
