using System.Diagnostics;

namespace LocalCloud.Lambda.Runtime;

/// <summary>A function as its template describes it.</summary>
internal sealed record FunctionSettings
{
    /// <summary>Lambda's own limit for an event and for a response, in bytes.</summary>
    public const int MaximumPayload = 6 * 1024 * 1024;

    public required string Name { get; init; }

    /// <summary>For an executable: the name of its assembly.</summary>
    public required string Handler { get; init; }

    public required string Arn { get; init; }

    /// <summary>1 - 900 s; Lambda's default is 3 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Lambda gives a process 10 s to ask for its first event.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>In MB. Told to the function, not enforced.</summary>
    public int MemorySize { get; init; } = 128;

    /// <summary>
    /// Reserved concurrency: as many processes at most. Without it <see cref="DefaultConcurrency"/>, or what the event-source mappings ask for;
    /// a laptop is not an account with 1,000. Where Lambda would throttle, an invocation waits for a process.
    /// </summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Processes of a function without reserved concurrency.</summary>
    public const int DefaultConcurrency = 10;

    /// <summary>The whole environment of the processes, but for <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The command that runs the function.</summary>
    public required Func<ProcessStartInfo> Start { get; init; }
}
