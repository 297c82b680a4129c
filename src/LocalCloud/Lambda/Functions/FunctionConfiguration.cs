namespace LocalCloud.Lambda.Functions;

/// <summary>A function as Lambda's API describes it.</summary>
internal sealed record FunctionConfiguration
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    /// <summary>As in <c>dotnet10</c>; null for a container image.</summary>
    public string? Runtime { get; init; }

    public string Handler { get; init; } = "";

    /// <summary>The ARN of the role it runs as.</summary>
    public string Role { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>In seconds, 1 - 900.</summary>
    public int Timeout { get; init; } = 3;

    /// <summary>In MB.</summary>
    public int MemorySize { get; init; } = 128;

    /// <summary>The variables of the function's own, without those that Lambda adds.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public string Architecture { get; init; } = "x86_64";

    /// <summary>The ARN of a queue or a topic for events that failed; null for none.</summary>
    public string? DeadLetterTarget { get; init; }

    /// <summary>Of the package, in bytes; 0 for code that is run where it was built.</summary>
    public long CodeSize { get; init; }

    /// <summary>Of the package, in base64.</summary>
    public string CodeSha256 { get; init; } = "";

    public DateTimeOffset LastModified { get; init; }

    /// <summary>New with every change.</summary>
    public Guid RevisionId { get; init; } = Guid.NewGuid();

    /// <summary>Whether the runtime takes an executable: only those are run here.</summary>
    public bool IsExecutable => Runtime is { } runtime && (runtime.StartsWith("dotnet", StringComparison.Ordinal) || runtime.StartsWith("provided", StringComparison.Ordinal));
}
