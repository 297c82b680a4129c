using System.Collections.Immutable;
using LocalCloud.Lambda.Access;
using LocalCloud.Lambda.Events;
using LocalCloud.Lambda.Runtime;

namespace LocalCloud.Lambda.Functions;

/// <summary>A function in the account: what the API says of it, and what runs it if it can be run here.</summary>
internal sealed class Function(FunctionConfiguration configuration, LambdaFunction? runnable, EventQueue events)
{
    /// <summary>Replaced as a whole by every change.</summary>
    public FunctionConfiguration Configuration { get; set; } = configuration;

    public string Name => Configuration.Name;

    public string Arn => Configuration.Arn;

    /// <summary>Null for a runtime that is not run here.</summary>
    public LambdaFunction? Runnable { get; set; } = runnable;

    /// <summary>The session of its role, under which it runs and its queues are polled; null for one that somebody else runs, or nobody.</summary>
    public FunctionRole? Role { get; set; }

    /// <summary>Its asynchronous invocations.</summary>
    public EventQueue Events => events;

    public EventInvokeSettings? EventInvoke { get; set; }

    /// <summary>Versions and aliases besides <c>$LATEST</c>: all are the same code here.</summary>
    public ImmutableHashSet<string> Qualifiers { get; set; } = [];

    public ImmutableDictionary<string, string> Tags { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The resource policy as JSON; null while it has no statement.</summary>
    public string? Policy { get; set; }

    /// <summary>Null when none is reserved.</summary>
    public int? ReservedConcurrency { get; set; }

    /// <summary>The unpacked code; null for code that belongs to somebody else.</summary>
    public Code.CodePackage? Package { get; set; }
}
