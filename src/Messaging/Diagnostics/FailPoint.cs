using System.Diagnostics;
using System.Globalization;

namespace Messaging.Diagnostics;

/// <summary>
/// A place where a test can have the process die, by SIGKILL, as a machine that goes away would end it. Costs nothing unless the environment
/// variable <c>MESSAGING_FAIL_POINTS</c> names a folder when the process starts. A file in it is an order to die: <c>before-commit</c> for
/// whoever gets there first, <c>after-clean-up@OutboxRelay</c> for a process of that name only (its entry assembly's).
/// </summary>
/// <remarks>
/// The one that dies first renames the file, by appending a dot and its process id: one order ends one process, and who gave it sees that it
/// was carried out. Where the file cannot be renamed, because it was withdrawn or another process was faster, the process goes on.
/// </remarks>
public static class FailPoint
{
    // Read once, so that a process without it has nothing left of these calls when they are compiled for speed.
    private static readonly string? Orders = Environment.GetEnvironmentVariable("MESSAGING_FAIL_POINTS") is { Length: > 0 } folder ? folder : null;

    /// <summary>Dies here if it is told to.</summary>
    /// <param name="step">What comes next.</param>
    public static void Before(Step step)
    {
        if (Orders is not null)
            Pass(Orders, $"before-{Name(step)}");
    }

    /// <summary>Dies here if it is told to.</summary>
    /// <param name="step">What has just been done.</param>
    public static void After(Step step)
    {
        if (Orders is not null)
            Pass(Orders, $"after-{Name(step)}");
    }

    private static string Name(Step step) => step == Step.CleanUp ? "clean-up" : step.ToString().ToLowerInvariant();

    private static void Pass(string folder, string point)
    {
        var order = Path.Combine(folder, point);
        if (!TryClaim($"{order}@{AppDomain.CurrentDomain.FriendlyName}") && !TryClaim(order))
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();

        // The signal may reach another thread first: this one does nothing more.
        Thread.Sleep(Timeout.Infinite);
    }

    private static bool TryClaim(string order)
    {
        if (!File.Exists(order))
            return false;
        try
        {
            // Overwriting makes it one rename, which only one process can win.
            File.Move(order, string.Create(CultureInfo.InvariantCulture, $"{order}.{Environment.ProcessId}"), overwrite: true);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}
