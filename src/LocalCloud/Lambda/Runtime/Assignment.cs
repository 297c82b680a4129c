using LocalCloud.Templates;

namespace LocalCloud.Lambda.Runtime;

/// <summary>An event on its way through a process of a function.</summary>
internal sealed class Assignment(ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource<InvocationResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _begun;

    public string RequestId { get; } = Guid.NewGuid().ToString();

    public string TraceId { get; } = $"Root=1-{DateTimeOffset.UtcNow.ToUnixTimeSeconds():x8}-{Hex(24)};Parent={Hex(16)};Sampled=0";

    public ReadOnlyMemory<byte> Payload => payload;

    public Task<InvocationResult> Result => _result.Task;

    /// <summary>False if it has a result already: the first one counts.</summary>
    public bool Complete(InvocationResult result) => _result.TrySetResult(result);

    /// <summary>A process has it: from here on it goes to its end, whether anyone waits or not.</summary>
    public void Begin() => _begun = true;

    /// <summary>Nobody waits for it any more: if no process has it yet, none will.</summary>
    public void GiveUp(CancellationToken cancellationToken)
    {
        if (!_begun)
            _result.TrySetCanceled(cancellationToken);
    }

    private static string Hex(int digits) => Guid.NewGuid().ToString("N")[..digits];
}
