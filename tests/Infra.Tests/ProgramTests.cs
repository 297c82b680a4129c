namespace Infra.Tests;

public sealed class ProgramTests(Synthesis synthesis) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("infra-run-").FullName;

    [Fact]
    public async Task Dotnet_run_writes_the_templates_that_the_tests_see_and_nothing_to_standard_output()
    {
        var run = await RunAsync("-c", "code=none");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("", run.Output);
        foreach (var template in synthesis.Templates)
            Assert.Equal(await File.ReadAllTextAsync(template, Cancelled), await File.ReadAllTextAsync(Path.Combine(_folder, "cdk.out", Path.GetFileName(template)), Cancelled));
    }

    [Fact]
    public async Task An_argument_that_is_not_a_context_value_fails_the_run()
    {
        var run = await RunAsync("--database", "Host=db.example.com");

        Assert.Equal((1, "Argument '--database' is not known. Use -c key=value, as often as needed."), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public void A_context_value_may_contain_equals_signs() =>
        Assert.Equal("Host=h;Username=u", ContextArguments.Parse(["-c", "database=Host=h;Username=u"])["database"]);

    [Theory]
    [InlineData("-c")]
    [InlineData("-c", "publicApi")]
    [InlineData("-c", "=true")]
    public void A_context_argument_without_key_and_value_is_refused(params string[] arguments) =>
        Assert.Equal("Argument '-c' needs key=value after it, for example -c publicApi=true.",
            Assert.Throws<ArgumentException>(() => ContextArguments.Parse(arguments)).Message);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private async Task<CommandLine> RunAsync(params string[] arguments)
    {
        // Built already, in the same configuration as this test.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var project = Path.Combine(Repository.Find().Root, "infra");
        return (await CommandLine.RunAsync("dotnet", ["run", "--no-build", "-c", configuration, "--project", project, "--", .. arguments], _folder))!;
    }
}
