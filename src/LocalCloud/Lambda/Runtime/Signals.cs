using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LocalCloud.Lambda.Runtime;

/// <summary>Asks a process to end, where the system has a way to ask.</summary>
internal static partial class Signals
{
    private const int Sigterm = 15;

    public static void Terminate(Process process)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                process.Kill(entireProcessTree: true);
            else
                _ = Send(process.Id, Sigterm);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself, or is about to.
        }
    }

#pragma warning disable SYSLIB1054 // The generated marshalling needs unsafe code; two integers need no marshalling.
    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
#pragma warning restore SYSLIB1054
}
