using System.ComponentModel;
using System.Diagnostics;

namespace Local;

/// <summary>The stacks of infra/, synthesized: the same templates that are deployed.</summary>
internal static class Stacks
{
    private const int MostErrorLines = 20;

    /// <summary>Runs the CDK app.</summary>
    /// <param name="folder">Where the templates go.</param>
    /// <param name="temporary">For temporary files.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CannotStartException">There is no Node, or the app failed.</exception>
    public static async Task SynthesizeAsync(string folder, string temporary, CancellationToken cancellationToken)
    {
        await RequireNodeAsync(cancellationToken);
        var start = Repository.Start("Infra");

        // The functions run as they are built here, so nothing is published for the templates.
        foreach (var argument in (ReadOnlySpan<string>)["-c", "code=none", "-c", "publicApi=true"])
            start.ArgumentList.Add(argument);
        start.Environment["CDK_OUTDIR"] = folder;

        // The CDK unpacks itself into the temporary folder and leaves it there: in ours it goes with the rest.
        start.Environment["TMPDIR"] = temporary;
        start.RedirectStandardOutput = start.RedirectStandardError = true;

        var errors = new Queue<string>();
        var exitCode = await ChildProcess.RunAsync(start, Remember, cancellationToken);
        if (exitCode != 0)
            throw new CannotStartException($"The stacks in infra/ could not be synthesized:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}");

        void Remember(string line)
        {
            lock (errors)
            {
                errors.Enqueue(line);
                if (errors.Count > MostErrorLines)
                    errors.Dequeue();
            }
        }
    }

    private static async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ChildProcess.RunAsync(
                new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true }, _ => { }, cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new CannotStartException("There is no Node.js on the PATH, which the CDK needs: install Node.js 20 or newer.", e);
        }
    }
}
