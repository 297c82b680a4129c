using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>The crash program, whose README says what dies and what is judged.</summary>
public sealed class CrashTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Crash", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Crash.dll"));

    [Fact]
    public async Task A_hundred_kills_lose_nothing_double_nothing_invent_nothing_and_keep_the_order()
    {
        var log = Path.GetTempFileName();
        var start = new ProcessStartInfo("dotnet", [Program, "crash", "--kills", "100", "--seed", "11", "--log", log]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);

            Assert.True(process.ExitCode == 0, $"{output}{Environment.NewLine}{await File.ReadAllTextAsync(log)}");
            Assert.Matches("^100 kills, [1-9][0-9]* restarts of PostgreSQL, seed 11, .* 0 lost, 0 ghosts, 0 duplicate effects, 0 out of order$", output.TrimEnd().Split(Environment.NewLine)[^1]);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            File.Delete(log);
        }
    }
}
