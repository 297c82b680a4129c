using System.Diagnostics;

namespace Messaging.Tests;

/// <summary>A process that begins with one thread, as functions do.</summary>
public class OneThreadTests
{
    [Fact]
    public async Task Handlers_that_block_their_threads_get_as_many_as_they_need()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [TestPrograms.Worker, "blocked-batch"]) { RedirectStandardOutput = true })!;
        var answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal("""{"batchItemFailures":[]}""", answer);
    }
}
