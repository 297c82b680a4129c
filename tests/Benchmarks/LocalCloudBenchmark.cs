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
        Measure(cloud.Endpoint, settings, bare);
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

    private static void Measure(Uri endpoint, Settings settings, Row bare)
    {
        var (many, depth, seconds) = (settings.Connections, settings.Depth, settings.Seconds);
        var queue = Create(endpoint, "bench-standard", "{}");
        Row.Measure("warm-up", endpoint, many, 1.5, Rounds.Repeat(SqsRequests.Send(queue, Body), depth));
        Row.Measure("warm-up", endpoint, many, 1.5, Rounds.ReceiveAndDelete(queue, 1, depth));
        Row.Measure("warm-up", endpoint, many, 1.5, Rounds.Repeat(SqsRequests.Send(queue, Body), depth));
        Print(Row.Measure("send, pipelined", endpoint, many, seconds, Rounds.Repeat(SqsRequests.Send(queue, Body), depth)), bare);
        Print(Row.Measure("receive(1) + delete, pipelined", endpoint, many, seconds, Rounds.ReceiveAndDelete(queue, 1, depth)), bare);
        Print(Row.Measure("send, one at a time, 16 clients", endpoint, 16, seconds, Rounds.Repeat(SqsRequests.Send(queue, Body), 1)), bare);
        Print(Row.Measure("receive(1) + delete, 16 clients", endpoint, 16, seconds, Rounds.ReceiveAndDelete(queue, 1, 1)), bare);
        Print(Row.Measure("send, 1 client", endpoint, 1, seconds, Rounds.Repeat(SqsRequests.Send(queue, Body), 1)), bare);
        Console.WriteLine("messages a second:");
        Print(Row.Measure("send batches of 10", endpoint, many, seconds, Rounds.Repeat(SqsRequests.SendBatch(queue, Body), 4, messages: 10)), bare);
        Print(Row.Measure("receive(10) + delete batch", endpoint, many, seconds, Rounds.ReceiveAndDelete(queue, 10, 4)), bare);
        var fifo = Create(endpoint, "bench.fifo", """{"FifoQueue":"true"}""");
        Print(Row.Measure("FIFO send, pipelined", endpoint, many, seconds, Rounds.SendFifo(fifo, Body, depth)), bare);
        Print(Row.Measure("FIFO receive(10) + delete batch", endpoint, many, seconds, Rounds.ReceiveAndDelete(fifo, 10, 4)), bare);
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

    private static void Print(Row row, Row bare) =>
        Console.WriteLine($"{row.Name,-44}{row.PerSecond,9:0} /s   {row.PerSecond / bare.PerSecond,5:0.00} x bare   p50 {row.P50,6:0.00} ms   p99 {row.P99,6:0.00} ms");

    private static void PrintMemory(string name, ServerProcess server)
    {
        if (server.Memory() is var (rss, pss))
        {
            Console.WriteLine($"{name,-44}{rss,9:0.0} MB RSS, {pss:0.0} MB PSS");
        }
    }
}
