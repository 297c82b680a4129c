using System.Diagnostics;

namespace Local;

/// <summary>The checkout: its stacks and its built functions. Both are started as processes of their own.</summary>
internal static class Repository
{
    // artifacts/bin/Local/debug: every project's output is a neighbour, of the same configuration.
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory);

    /// <summary>The command that runs a built project.</summary>
    /// <param name="project">Its folder's name: a function's handler.</param>
    /// <exception cref="CannotStartException">It is not built.</exception>
    public static ProcessStartInfo Start(string project)
    {
        var assembly = Path.Combine(Output.Parent!.Parent!.FullName, project, Output.Name, $"{project}.dll");
        return File.Exists(assembly)
            ? new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [assembly])
            : throw new CannotStartException($"{assembly} is not there. Build the solution: dotnet build.");
    }
}
