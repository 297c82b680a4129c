using System.Text;
using LocalCloud.Templates;

namespace LocalCloud.Lambda.Runtime;

/// <summary>An event on its way through a process of a function.</summary>
internal sealed class Assignment(ReadOnlyMemory<byte> payload, InvocationDetails details)
{
    /// <summary>Characters of what a function prints that are kept for its caller; the log has all.</summary>
    private const int MaximumLog = 256 * 1024;

    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<InvocationResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _begun;

    public string RequestId { get; } = details.RequestId ?? Guid.NewGuid().ToString();

    /// <summary>The caller's context, as JSON; null if there is none.</summary>
    public string? ClientContext => details.ClientContext;

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

    /// <summary>A line that the function printed while it worked on this.</summary>
    public void Print(string line)
    {
        lock (_log)
        {
            if (_log.Length + line.Length < MaximumLog)
                _log.Append(line).Append('\n');
        }
    }

    /// <summary>What the function printed, line by line.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    private static string Hex(int digits) => Guid.NewGuid().ToString("N")[..digits];
}
