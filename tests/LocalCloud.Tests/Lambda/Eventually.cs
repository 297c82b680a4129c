using System.Diagnostics;

namespace LocalCloud.Tests.Lambda;

/// <summary>Waits for a condition, at most 20 s, which a slow machine may need and a good one does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<bool> condition, string claim) => await TrueAsync(() => Task.FromResult(condition()), claim);

    public static async Task TrueAsync(Func<Task<bool>> condition, string claim)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, $"Not within {Deadline.TotalSeconds} s: {claim}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
