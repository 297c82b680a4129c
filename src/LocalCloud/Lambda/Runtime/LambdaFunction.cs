using System.Diagnostics;
using LocalCloud.Templates;

namespace LocalCloud.Lambda.Runtime;

/// <summary>A function that can be invoked: what its template says, and its processes.</summary>
internal sealed class LambdaFunction(FunctionSettings settings, ProcessPool processes, Action<Invocation> observe)
{
    public FunctionSettings Settings => settings;

    public ProcessPool Processes => processes;

    /// <summary>Answers when the function has, or when Lambda would say it failed: it does not throw for a failed function.</summary>
    /// <param name="source">As in <see cref="Invocation.Source"/>.</param>
    /// <param name="payload">At most 6 MB of JSON; more fails without being sent.</param>
    /// <param name="failedItems">Which messages of a batch this result leaves undone.</param>
    /// <param name="cancellationToken">Gives up waiting; a function that has begun goes on to its end, and is observed then.</param>
    public async Task<InvocationResult> InvokeAsync(
        string source,
        ReadOnlyMemory<byte> payload,
        Func<InvocationResult, IReadOnlyCollection<string>>? failedItems = null,
        CancellationToken cancellationToken = default)
    {
        var assignment = new Assignment(payload);
        var invocation = ObserveAsync(assignment, source, failedItems);
        if (payload.Length > FunctionSettings.MaximumPayload)
            assignment.Complete(LambdaFailure.RequestTooLarge(assignment.RequestId, payload.Length));
        else
            processes.Submit(assignment);
        using var givingUp = cancellationToken.Register(() => assignment.GiveUp(cancellationToken));
        return await invocation.WaitAsync(cancellationToken);
    }

    private async Task<InvocationResult> ObserveAsync(Assignment assignment, string source, Func<InvocationResult, IReadOnlyCollection<string>>? failedItems)
    {
        var startedAt = DateTimeOffset.UtcNow;
        var start = Stopwatch.GetTimestamp();
        var result = await assignment.Result;
        var failed = failedItems?.Invoke(result) ?? [];
        observe(new Invocation(
            settings.Handler, source, assignment.RequestId, startedAt, Stopwatch.GetElapsedTime(start), assignment.Payload, result.Payload, result.Error, failed));
        return result;
    }
}
