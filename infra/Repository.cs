using System.Security.Cryptography;
using System.Text;

namespace Infra;

/// <summary>The checkout that the stacks describe: its functions, its schema and its <c>cdk.json</c>.</summary>
internal sealed record Repository(string Root)
{
    internal string CdkJson => Path.Combine(Root, "cdk.json");

    /// <summary>The folder of a function is its project's name, its assembly's name and its handler.</summary>
    internal string FunctionsFolder => Path.Combine(Root, "src", "Functions");

    /// <summary>
    /// What the stacks build. Apart from the developer's own builds: the compiler takes up what it finds there, whatever options it was made with.
    /// </summary>
    internal string BuildFolder => Path.Combine(Root, "artifacts", "lambda");

    /// <summary>Stands for a function's code where nothing is to be built.</summary>
    internal string PlaceholderFolder => Path.Combine(Root, "infra", "Placeholder");

    /// <summary>Looks upwards from the built program, so that it works from any current directory.</summary>
    internal static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "cdk.json")))
                return new Repository(folder.FullName);
        throw new InvalidOperationException(
            $"No cdk.json in '{AppContext.BaseDirectory}' or any folder above it. Run the stacks from a checkout: dotnet run --project infra.");
    }

    /// <summary>The names of the functions that exist as code, in ordinal order.</summary>
    internal IReadOnlyList<string> Functions() =>
        [.. Directory.EnumerateDirectories(FunctionsFolder)
            .Where(folder => File.Exists(Path.Combine(folder, Path.GetFileName(folder) + ".csproj")))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal)];

    /// <summary>A hash of every script in a <c>Schema</c> folder; the same on every machine, whatever git makes of line ends.</summary>
    internal string SchemaHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var scripts = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.sql", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => path.Split('/') is [.., "Schema", _])
            .Order(StringComparer.Ordinal);
        foreach (var script in scripts)
            hash.AppendData(Encoding.UTF8.GetBytes($"{script}\n{File.ReadAllText(Path.Combine(Root, script)).ReplaceLineEndings("\n")}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
