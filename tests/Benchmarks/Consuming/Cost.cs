namespace Benchmarks.Consuming;

/// <summary>What one side of a comparison took, a message.</summary>
internal readonly record struct Cost(double Nanoseconds, double Bytes)
{
    /// <summary>Runs it so often, and divides what the whole process took by the messages: processor time and memory of every thread, the collector's too.</summary>
    public static async Task<Cost> MeasureAsync(Func<Task> run, int times, int messages)
    {
        var (time, memory) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        for (var i = 0; i < times; i++)
            await run();
        var count = (double)times * messages;
        return new((Environment.CpuUsage.TotalTime - time).TotalNanoseconds / count, (GC.GetTotalAllocatedBytes(precise: true) - memory) / count);
    }
}
