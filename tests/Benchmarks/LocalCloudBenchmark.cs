using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Benchmarks.Load;

namespace Benchmarks;

/// <summary>LocalCloud under load, and beside it a bare Kestrel on the same machine at the same time: compare the ratios, not the numbers.</summary>
internal static class LocalCloudBenchmark
{
    private static readonly string Body = new('x', 1024);

    public static Task<int> RunAsync(Settings settings)
    {
        using var echo = ServerProcess.Start(typeof(LocalCloudBenchmark).Assembly.Location, "echo");
        var request = SqsRequests.Send("http://127.0.0.1/000000000000/queue", Body);
        Row.Measure("warm-up", echo.Endpoint, settings.Connections, 1, Rounds.Repeat(request, settings.Depth));
        var bare = Row.Measure("bare Kestrel, pipelined", echo.Endpoint, settings.Connections, settings.Seconds, Rounds.Repeat(request, settings.Depth));
        Print(bare, bare);
        Print(Row.Measure("bare Kestrel, one at a time", echo.Endpoint, 16, settings.Seconds, Rounds.Repeat(request, 1)), bare);
        if (settings.Endpoint is { } endpoint)
        {
            Measure(endpoint, settings, bare);
            return Task.FromResult(0);
        }

        using var cloud = StartCloud();
        Measure(cloud.Endpoint, settings, bare, cloud);
        Thread.Sleep(2000);
        PrintMemory("memory after the load", cloud);
        return Task.FromResult(0);
    }

    private static ServerProcess StartCloud()
    {
        var start = Stopwatch.GetTimestamp();
        var cloud = ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "..", "..", "Local", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "Local.dll"), "cloud", "--port", "0");
        using var connection = new Connection(cloud.Endpoint);
        connection.Send(SqsRequests.Of("ListQueues", "{}"));
        connection.Receive();
        Console.WriteLine($"{"start to ready / to the first answer of SQS",-44}{cloud.Ready.TotalMilliseconds,9:0} / {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        Thread.Sleep(2000);
        PrintMemory("memory when idle", cloud);
        return cloud;
    }

    private static void Measure(Uri endpoint, Settings settings, Row bare, ServerProcess? server = null)
    {
        var (many, depth, seconds) = (settings.Connections, settings.Depth, settings.Seconds);
        var queue = Create(endpoint, "bench-standard", "{}");
        Row.Measure("warm-up", endpoint, many, 1.5, Rounds.Repeat(SqsRequests.Send(queue, Body), depth));
        Row.Measure("warm-up", endpoint, many, 1.5, Rounds.ReceiveAndDelete(queue, 1, depth));
        Row.Measure("warm-up", endpoint, many, 1.5, Rounds.Repeat(SqsRequests.Send(queue, Body), depth));
        Run("send, pipelined", many, Rounds.Repeat(SqsRequests.Send(queue, Body), depth));
        Run("receive(1) + delete, pipelined", many, Rounds.ReceiveAndDelete(queue, 1, depth));
        Run("send, one at a time, 16 clients", 16, Rounds.Repeat(SqsRequests.Send(queue, Body), 1));
        Run("receive(1) + delete, 16 clients", 16, Rounds.ReceiveAndDelete(queue, 1, 1));
        Run("send, 1 client", 1, Rounds.Repeat(SqsRequests.Send(queue, Body), 1));
        Console.WriteLine("messages a second:");
        Run("send batches of 10", many, Rounds.Repeat(SqsRequests.SendBatch(queue, Body), 4, messages: 10));
        Run("receive(10) + delete batch", many, Rounds.ReceiveAndDelete(queue, 10, 4));
        var fifo = Create(endpoint, "bench.fifo", """{"FifoQueue":"true"}""");
        Run("FIFO send, pipelined", many, Rounds.SendFifo(fifo, Body, depth));
        Run("FIFO receive(10) + delete batch", many, Rounds.ReceiveAndDelete(fifo, 10, 4));

        void Run(string name, int connections, Round round)
        {
            var before = server?.ProcessorSeconds;
            var row = Row.Measure(name, endpoint, connections, seconds, round);
            Print(row, bare, (server?.ProcessorSeconds - before) * 1e6 / row.Count);
        }
    }

    private static string Create(Uri endpoint, string name, string attributes)
    {
        using var connection = new Connection(endpoint);
        connection.Send(SqsRequests.Of("CreateQueue", $$"""{"QueueName":"{{name}}","Attributes":{{attributes}}}"""));
        using var answer = JsonDocument.Parse(Encoding.UTF8.GetString(connection.Receive()));
        var url = answer.RootElement.GetProperty("QueueUrl").GetString()!;
        connection.Send(SqsRequests.Of("PurgeQueue", $$"""{"QueueUrl":"{{url}}"}"""));
        connection.Receive();
        return url;
    }

    private static void Print(Row row, Row bare, double? microseconds = null) => Console.WriteLine(
        $"{row.Name,-44}{row.PerSecond,9:0} /s   {row.PerSecond / bare.PerSecond,5:0.00} x bare   p50 {row.P50,6:0.00} ms   p99 {row.P99,6:0.00} ms"
        + (microseconds is null ? "" : $"   {microseconds,5:0.0} us of processor"));

    private static void PrintMemory(string name, ServerProcess server)
    {
        if (server.Memory() is var (rss, pss))
        {
            Console.WriteLine($"{name,-44}{rss,9:0.0} MB RSS, {pss:0.0} MB PSS");
        }
    }
}
