using System.Diagnostics;
using System.Text;

namespace Infra;

/// <summary>Builds the functions for Lambda's managed runtime, in one run of the build.</summary>
internal static class Publishing
{
    /// <summary>Publishes every function and returns its folder of files.</summary>
    /// <exception cref="InvalidOperationException">The build failed; its messages are on standard error.</exception>
    internal static Dictionary<string, string> Publish(Repository repository, IReadOnlyList<string> functions)
    {
        var outputs = functions.ToDictionary(name => name, name => Path.Combine(repository.BuildFolder, "publish", name, "release"));
        // A file that an earlier build left behind would go to the cloud and change the asset's hash.
        foreach (var output in outputs.Values.Where(Directory.Exists))
            Directory.Delete(output, recursive: true);

        Console.Error.WriteLine($"Publishing {functions.Count} functions…");
        Run(Arguments(repository, Solution(repository, functions)), repository.Root);

        foreach (var (name, output) in outputs)
            if (!File.Exists(Path.Combine(output, name + ".dll")))
                throw new InvalidOperationException($"Publishing '{name}' left no {name}.dll in '{output}'. The project's AssemblyName must be its folder's name.");
        return outputs;
    }

    // One solution is one restore and one build of what the functions share.
    private static string Solution(Repository repository, IReadOnlyList<string> functions)
    {
        var path = Path.Combine(Directory.CreateDirectory(repository.BuildFolder).FullName, "functions.slnx");
        var text = new StringBuilder("<Solution>\n");
        foreach (var name in functions)
            text.Append($"  <Project Path=\"../../src/Functions/{name}/{name}.csproj\" />\n");
        File.WriteAllText(path, text.Append("</Solution>\n").ToString());
        return path;
    }

    private static string[] Arguments(Repository repository, string solution) =>
    [
        "publish", solution, "--configuration", "Release", "--nologo", "--verbosity", "minimal", "--tl:off", "-nodeReuse:false",
        $"-p:ArtifactsPath={repository.BuildFolder}", "-p:UseAppHost=false",
        // Libraries that the solution does not list would be built as Debug.
        "-p:ShouldUnsetParentConfigurationAndPlatform=false",
        // The same sources give the same bytes in every folder and at every commit, so unchanged functions are not deployed again.
        "-p:Deterministic=true", $"-p:PathMap={repository.Root}=/_", "-p:EnableSourceLink=false",
        "-p:IncludeSourceRevisionInInformationalVersion=false", "-p:PublishDocumentationFiles=false",
    ];

    private static void Run(string[] arguments, string workingDirectory)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        using var process = new Process { StartInfo = new(dotnet, arguments) { WorkingDirectory = workingDirectory, RedirectStandardOutput = true } };
        // Standard output belongs to the app: the CLI and scripts read it.
        process.OutputDataReceived += (_, line) => { if (line.Data is { Length: > 0 } text) Console.Error.WriteLine(text); };
        process.Start();
        process.BeginOutputReadLine();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"The functions do not build (exit code {process.ExitCode}): see the messages above, or run: {dotnet} {string.Join(' ', arguments)}");
    }
}
