using System.Diagnostics;

namespace Messaging.Tests;

/// <summary>Processes that pass a fail point, with orders in the folder or without.</summary>
public sealed class FailPointTests : IDisposable
{
    private const int Killed = 128 + 9;

    private readonly DirectoryInfo _orders = Directory.CreateTempSubdirectory("orders");

    private IEnumerable<string> Files => _orders.EnumerateFiles().Select(file => file.Name);

    [Theory]
    [InlineData("before-commit", "Commit")]
    [InlineData("after-commit", "Commit")]
    [InlineData("after-clean-up@TestWorker", "CleanUp")]
    public async Task One_order_ends_one_process_and_the_others_live(string order, string step)
    {
        Give(order);

        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PassAsync(step)));

        var (id, _) = Assert.Single(ends, end => end.ExitCode == Killed);
        Assert.Equal(3, ends.Count(end => end.ExitCode == 0));
        Assert.Equal([$"{order}.{id}"], Files);
    }

    [Fact]
    public async Task Orders_for_another_place_or_another_process_are_left()
    {
        string[] orders = ["after-insert", "before-commit@Booking"];
        Array.ForEach(orders, Give);

        Assert.Equal(0, (await PassAsync("Commit")).ExitCode);

        Assert.Equal(orders, Files.Order());
    }

    [Fact]
    public async Task A_process_that_was_not_given_the_folder_takes_no_orders()
    {
        Give("before-commit");

        Assert.Equal(0, (await PassAsync("Commit", folder: "")).ExitCode);
    }

    public void Dispose() => _orders.Delete(recursive: true);

    private void Give(string order) => File.WriteAllText(Path.Combine(_orders.FullName, order), "");

    private async Task<(int Id, int ExitCode)> PassAsync(string step, string? folder = null)
    {
        var start = new ProcessStartInfo("dotnet", [TestPrograms.Worker, "pass", step]);
        start.Environment["MESSAGING_FAIL_POINTS"] = folder ?? _orders.FullName;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.Id, process.ExitCode);
    }
}
