using System.ComponentModel;
using System.Diagnostics;

namespace Infra.Tests;

internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>Null when there is no such program on this machine.</summary>
    internal static async Task<CommandLine?> RunAsync(string program, IEnumerable<string> arguments, string workingDirectory)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("CDK_OUTDIR");
        start.Environment.Remove("CDK_CONTEXT_JSON");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            using var process = Process.Start(start)!;
            using var stop = limit.Token.Register(() => process.Kill(entireProcessTree: true));
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new CommandLine(process.ExitCode, await output, await error);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
