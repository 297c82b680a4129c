namespace LocalCloud.Lambda.Events;

/// <summary>How a function's asynchronous invocations are tried again, and where their outcome goes.</summary>
internal sealed record EventInvokeSettings
{
    public static readonly EventInvokeSettings Default = new();

    /// <summary>0 - 2; Lambda's default is 2.</summary>
    public int? MaximumRetryAttempts { get; init; }

    /// <summary>60 - 21,600 s; Lambda's default is six hours.</summary>
    public int? MaximumEventAge { get; init; }

    /// <summary>The ARN of a queue, topic or function that gets a record of each success.</summary>
    public string? OnSuccess { get; init; }

    /// <summary>The ARN of a queue, topic or function that gets a record of each failure.</summary>
    public string? OnFailure { get; init; }

    public DateTimeOffset LastModified { get; init; }
}
