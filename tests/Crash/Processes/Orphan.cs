namespace Crash.Processes;

/// <summary>Ends a process whose parent has gone: its standard input ends then.</summary>
internal static class Orphan
{
    public static void EndWithParent() => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
            // Nothing is said on it.
        }

        Environment.Exit(0);
    })
    { IsBackground = true }.Start();
}
