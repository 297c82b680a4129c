using System.Diagnostics;
using LocalCloud.Templates;

namespace LocalCloud.Lambda.Runtime;

/// <summary>A function that can be invoked: what its template says, and its processes.</summary>
internal sealed class LambdaFunction(FunctionSettings settings, ProcessPool processes, Action<Invocation> observe)
{
    private static readonly TimeSpan LogDelay = TimeSpan.FromMilliseconds(100);

    public FunctionSettings Settings => settings;

    public ProcessPool Processes => processes;

    /// <summary>Answers when the function has, or when Lambda would say it failed: it does not throw for a failed function.</summary>
    /// <param name="source">As in <see cref="Invocation.Source"/>.</param>
    /// <param name="payload">At most 6 MB of JSON; more fails without being sent.</param>
    /// <param name="details">What else the caller says; nothing by default.</param>
    /// <param name="cancellationToken">Gives up waiting; a function that has begun goes on to its end, and is observed then.</param>
    public async Task<InvocationResult> InvokeAsync(
        string source,
        ReadOnlyMemory<byte> payload,
        InvocationDetails? details = null,
        CancellationToken cancellationToken = default)
    {
        details ??= InvocationDetails.None;
        var assignment = new Assignment(payload, details);
        var invocation = ObserveAsync(assignment, source, details);
        if (payload.Length > FunctionSettings.MaximumPayload)
            assignment.Complete(LambdaFailure.RequestTooLarge(assignment.RequestId, payload.Length));
        else
            processes.Submit(assignment);
        using var givingUp = cancellationToken.Register(() => assignment.GiveUp(cancellationToken));
        return await invocation.WaitAsync(cancellationToken);
    }

    private async Task<InvocationResult> ObserveAsync(Assignment assignment, string source, InvocationDetails details)
    {
        var startedAt = DateTimeOffset.UtcNow;
        var start = Stopwatch.GetTimestamp();
        var result = await assignment.Result;
        var duration = Stopwatch.GetElapsedTime(start);
        var failed = details.FailedItems?.Invoke(result) ?? [];
        observe(new Invocation(
            settings.Handler, source, assignment.RequestId, startedAt, duration, assignment.Payload, result.Payload, result.Error, failed));
        // What a function prints comes through a pipe, and its answer by another way.
        if (details.ReadsLog)
            await Task.Delay(LogDelay);
        return result with { Log = assignment.Log, Duration = duration };
    }
}
