using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EndToEnd.Tests;

/// <summary>How Local starts, refuses to start, and ends.</summary>
public sealed class LifeCycleTests(SharedEnvironment environment)
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_everything_and_leaves_nothing_behind(string signal)
    {
        var scratch = Directory.CreateTempSubdirectory("local-test-");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(scratch.FullName, scratch.UnixFileMode | UnixFileMode.OtherExecute);
        await using var local = await LocalProcess.StartInAsync(scratch.FullName);
        var processes = local.Descendants();
        Assert.True(processes.Count > 7, string.Join(", ", processes));

        var stopping = Stopwatch.StartNew();
        await local.StopAsync(signal);

        Assert.Equal(0, local.ExitCode);
        Assert.DoesNotContain(processes, ProcessTree.IsAlive);
        Assert.DoesNotContain(Directory.EnumerateDirectories(scratch.FullName).Select(Path.GetFileName), name => !IsOfDotnetRun(name!));
        TestContext.Current.SendDiagnosticMessage($"{signal}: ended after {stopping.Elapsed.TotalSeconds:0.0} s");
        scratch.Delete(recursive: true);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--cloud-port")]
    public async Task A_port_in_use_is_one_sentence_that_says_what_to_do(string option)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var other = option == "--port" ? "--cloud-port" : "--port";
        await using var local = await LocalProcess.FailAsync(null, other, "0", option, $"{port}");

        Assert.Equal(1, local.ExitCode);
        Assert.Equal($"Port {port} is in use: end what listens there, or choose another with {option}.", local.LastLine);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_one_sentence_that_hides_the_password()
    {
        await using var local = await LocalProcess.FailAsync(
            null, "--port", "0", "--cloud-port", "0", "--database", "Host=127.0.0.1;Port=1;Username=u;Password=hidden;Database=d");

        Assert.Equal(1, local.ExitCode);
        Assert.StartsWith("PostgreSQL at 127.0.0.1:1 does not let us in (", local.LastLine, StringComparison.Ordinal);
        Assert.EndsWith("start it and check --database, or leave the option out.", local.LastLine, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", local.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Node_one_sentence_says_so()
    {
        // A PATH with dotnet and the shell's own programs, but no node.
        var programs = Directory.CreateTempSubdirectory("local-test-");
        foreach (var program in (string[])["dotnet", "sh", "chown", "cat", "rm", "kill"])
            File.CreateSymbolicLink(Path.Combine(programs.FullName, program), Which(program));

        await using var local = await LocalProcess.FailAsync(s => s.Environment["PATH"] = programs.FullName, "--port", "0", "--cloud-port", "0");

        Assert.Equal(1, local.ExitCode);
        Assert.Equal("There is no Node.js on the PATH, which the CDK needs: install Node.js 20 or newer.", local.LastLine);
        programs.Delete(recursive: true);
    }

    [Theory]
    [InlineData("--endpoint", "nonsense", "is not an http address")]
    [InlineData("--port", "70000", "0 to 65535")]
    [InlineData("--port", "abc", "0 to 65535")]
    [InlineData("--database", "", "--database is not a connection string")]
    [InlineData("--nonsense", "1", "--nonsense")]
    public async Task A_wrong_option_is_told(string option, string value, string sentence)
    {
        await using var local = await LocalProcess.FailAsync(null, option, value);

        Assert.NotEqual(0, local.ExitCode);
        Assert.Contains(sentence, local.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_environments_run_beside_each_other()
    {
        await using var second = await LocalProcess.StartAsync();

        using var one = new BookingClient(environment.Local.Address);
        using var two = new BookingClient(second.Address);
        var id = await two.BookAsync(BookingClient.Booking());
        await two.WaitAsync(id, r => r.IsConfirmedEverywhere);
        using var elsewhere = await one.Http.GetAsync($"/local/bookings/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    /// <summary>What `dotnet run` itself leaves in the temporary folder.</summary>
    private static bool IsOfDotnetRun(string folder) =>
        folder.StartsWith("MSBuildTemp", StringComparison.Ordinal) || folder.StartsWith(".dotnet", StringComparison.Ordinal) || folder.StartsWith("NuGetScratch", StringComparison.Ordinal);

    private static string Which(string program) => Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).First(File.Exists);
}
