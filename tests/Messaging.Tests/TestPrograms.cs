namespace Messaging.Tests;

/// <summary>Where programs that tests start were built.</summary>
internal static class TestPrograms
{
    /// <summary>The test worker, built as this is: debug or release.</summary>
    public static string Worker { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "TestWorker", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "TestWorker.dll"));
}
