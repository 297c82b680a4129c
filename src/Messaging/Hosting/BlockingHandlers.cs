namespace Messaging.Hosting;

/// <summary>Threads for handlers that block theirs.</summary>
internal static class BlockingHandlers
{
    private const int MostBlockedThreads = 64;
    private const int SpareThreads = 4;

    /// <summary>
    /// The pool starts a thread beyond its minimum only once or twice a second: handlers that block theirs would hold up the others, and the
    /// deadline.
    /// </summary>
    /// <param name="concurrency">Handlers that run at a time.</param>
    public static void Allow(int concurrency)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, Math.Min(concurrency, MostBlockedThreads) + SpareThreads), ports);
    }
}
