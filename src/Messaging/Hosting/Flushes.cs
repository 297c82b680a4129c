using Microsoft.Extensions.Logging;

namespace Messaging.Hosting;

/// <summary>What is written out after each batch, before its answer: then Lambda may freeze the process.</summary>
internal sealed class Flushes(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private readonly List<Func<CancellationToken, Task>> _flushes = [];

    public void Add(Func<CancellationToken, Task> flush) => _flushes.Add(flush);

    /// <summary>Runs them side by side, for a second at most. Never throws: telemetry must not fail a batch that was handled.</summary>
    /// <param name="patience">What is left of the invocation for it.</param>
    public async Task RunAsync(TimeSpan patience)
    {
        if (_flushes.Count == 0)
            return;
        var longest = patience < Longest ? patience : Longest;
        if (longest < TimeSpan.Zero)
            longest = TimeSpan.Zero;
        using var end = new CancellationTokenSource(longest, time);
        try
        {
            // On threads of their own, for ForceFlush blocks; and not waited for longer, even where they do not heed the token.
            await Task.WhenAll(_flushes.Select(flush => Task.Run(() => flush(end.Token)))).WaitAsync(longest, time).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, the batch was handled.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.FlushFailed(e);
        }
    }
}
