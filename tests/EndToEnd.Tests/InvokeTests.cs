using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>One function by hand, with a file of events/.</summary>
public sealed class InvokeTests(SharedEnvironment environment)
{
    private static readonly string Events = Path.Combine(LocalProcess.Root, "events");

    private string Port => $"{environment.Local.Address.Port}";

    // asyncapi.json beside them is no event: it describes the system.
    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(Events, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Where(name => name != "asyncapi").Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_sample_event_runs_through_its_function(string function)
    {
        await using var local = await InvokeAsync(function, "--event", Path.Combine(Events, $"{function}.json"), "--port", Port);

        Assert.True(local.ExitCode == 0, local.Output);
        var answer = JsonNode.Parse(local.StandardOutput);
        Assert.Empty(answer?["batchItemFailures"] as JsonArray ?? []);
        if (function == "BookingApi")
            Assert.Equal(202, (int)answer!["statusCode"]!);
    }

    [Fact]
    public async Task Without_a_running_Local_one_is_started_for_it_and_thrown_away()
    {
        await using var local = await InvokeAsync("BookingApi", "-e", Path.Combine(Events, "BookingApi.json"), "--port", "0");

        Assert.True(local.ExitCode == 0, local.Output);
        Assert.Equal(202, (int)JsonNode.Parse(local.StandardOutput)!["statusCode"]!);
    }

    [Fact]
    public async Task A_function_that_fails_is_exit_code_1_and_its_error()
    {
        var file = await FileAsync("""{"version":7}""");

        await using var local = await InvokeAsync("BookingApi", "--event", file, "--port", Port);

        Assert.Equal(1, local.ExitCode);
        Assert.NotNull(JsonNode.Parse(local.StandardOutput)!["errorType"]);
        File.Delete(file);
    }

    [Fact]
    public async Task A_function_that_is_not_there_is_one_sentence_that_names_those_that_are()
    {
        await using var local = await InvokeAsync("Nobody", "--port", Port);

        Assert.Equal(1, local.ExitCode);
        Assert.Matches("^There is no function 'Nobody'. There are: .*Email.*\\.$", local.LastLine);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_one_sentence()
    {
        await using var local = await InvokeAsync("Email", "--event", "nowhere.json");

        Assert.Equal((1, "There is no file 'nowhere.json': name one with an event, such as events/Email.json, or - for standard input."), (local.ExitCode, local.LastLine));
    }

    [Fact]
    public async Task An_event_that_is_no_JSON_is_one_sentence()
    {
        var file = await FileAsync("{\n  broken");

        await using var local = await InvokeAsync("Email", "--event", file);

        Assert.Equal((1, $"'{file}' is no JSON: see line 2, byte 3."), (local.ExitCode, local.LastLine));
        File.Delete(file);
    }

    [Fact]
    public async Task An_event_of_more_than_6_MB_is_one_sentence()
    {
        var file = await FileAsync($"\"{new string('x', 6 * 1024 * 1024)}\"");

        await using var local = await InvokeAsync("Email", "--event", file);

        Assert.Equal((1, $"'{file}' is larger than the 6291456 bytes that Lambda takes as an event."), (local.ExitCode, local.LastLine));
        File.Delete(file);
    }

    private static Task<LocalProcess> InvokeAsync(params string[] arguments) => LocalProcess.FailAsync(null, arguments.Prepend("invoke"));

    private static async Task<string> FileAsync(string content)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        return file;
    }
}
