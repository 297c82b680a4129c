using Messaging.Hosting;

namespace Benchmarks.Publishing;

/// <summary>From a record to the services: what the library and its client cost beside the least that could do the same.</summary>
internal static class PublishingBenchmark
{
    public static async Task<int> RunAsync(string[] names)
    {
        // As a function does.
        PoolThreads.BeginWithOne();
        foreach (var name in names is [] ? ["envelope", "send", "publish"] : names)
        {
            await (name switch
            {
                "envelope" => EnvelopeBenchmark.RunAsync(),
                "send" => SendBenchmark.RunAsync(),
                "publish" => PublishBenchmark.RunAsync(),
                _ => throw new ArgumentException($"There is no benchmark {name} of publishing, only envelope, send and publish."),
            });
        }

        return 0;
    }
}
