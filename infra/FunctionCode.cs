using Amazon.CDK.AWS.Lambda;

namespace Infra;

/// <summary>What the functions' assets hold.</summary>
internal enum CodeSource
{
    /// <summary>The published functions.</summary>
    Publish,

    /// <summary>A placeholder: nothing is built, nothing can be deployed.</summary>
    None,
}

/// <summary>Finds the code of a function by the name of its folder.</summary>
internal sealed class FunctionCode
{
    private readonly IReadOnlyList<string> _folders;
    private readonly Func<string, string> _asset;

    private FunctionCode(IReadOnlyList<string> folders, Func<string, string> asset) => (_folders, _asset) = (folders, asset);

    internal static FunctionCode From(Repository repository, CodeSource source)
    {
        var folders = repository.Functions();
        if (source == CodeSource.Publish)
        {
            var published = Publishing.Publish(repository, folders);
            return new FunctionCode(folders, folder => published[folder]);
        }

        return new FunctionCode(folders, _ => repository.PlaceholderFolder);
    }

    /// <exception cref="ArgumentException">There is no such folder.</exception>
    internal Code For(string folder) => _folders.Contains(folder)
        ? Code.FromAsset(_asset(folder))
        : throw new ArgumentException($"A stack has a function '{folder}', but src/Functions has only: {string.Join(", ", _folders)}.");
}
