namespace LocalCloud.Lambda.Runtime;

/// <summary>What a caller may say about an invocation besides its event.</summary>
internal sealed record InvocationDetails
{
    public static readonly InvocationDetails None = new();

    /// <summary>Of an event that is tried again: it keeps its id. Null for a new one.</summary>
    public string? RequestId { get; init; }

    /// <summary>JSON that the function's context shows; null for none.</summary>
    public string? ClientContext { get; init; }

    /// <summary>Whether the caller reads the log: then what the function printed last is waited for.</summary>
    public bool ReadsLog { get; init; }

    /// <summary>Which messages of a batch a result leaves undone.</summary>
    public Func<Templates.InvocationResult, IReadOnlyCollection<string>>? FailedItems { get; init; }
}
