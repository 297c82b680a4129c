namespace Messaging.Hosting;

/// <summary>Threads that the pool of this process has ready. It starts one beyond them only once or twice a second.</summary>
internal static class PoolThreads
{
    private const int MostBlockedThreads = 64;
    private const int SpareThreads = 4;

    /// <summary>
    /// One, until somebody needs more. For a process that works on one thing at a time: whatever is handed over wakes a thread that is ready, and to wake it
    /// on another processor costs more than a batch of short handlers.
    /// </summary>
    public static void BeginWithOne()
    {
        ThreadPool.GetMinThreads(out _, out var leastPorts);
        ThreadPool.GetMaxThreads(out var most, out var mostPorts);
        ThreadPool.SetMinThreads(1, leastPorts);

        // The pool aims at no more threads than its maximum, and does not aim higher because the maximum rises again.
        ThreadPool.SetMaxThreads(1, mostPorts);
        ThreadPool.SetMaxThreads(most, mostPorts);
    }

    /// <summary>So many that handlers which block theirs hold up neither the others nor the deadline.</summary>
    /// <param name="concurrency">Handlers that run at a time.</param>
    public static void Allow(int concurrency)
    {
        var needed = Math.Min(concurrency, MostBlockedThreads) + SpareThreads;
        ThreadPool.GetMinThreads(out var workers, out var ports);
        if (workers < needed)
            ThreadPool.SetMinThreads(needed, ports);
    }
}
