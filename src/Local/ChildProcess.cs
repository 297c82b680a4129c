using System.Diagnostics;

namespace Local;

/// <summary>A program that is run to its end.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it; cancelling kills it and what it started.</summary>
    /// <param name="start">The command, its output redirected.</param>
    /// <param name="output">Gets each line of both streams.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ProcessStartInfo start, Action<string> output, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = true;
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Forward;
        process.ErrorDataReceived += Forward;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        void Forward(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is { } text)
                output(text);
        }
    }
}
