using Benchmarks;
using Benchmarks.Consuming;
using Benchmarks.Outbox;

return args switch
{
    ["localcloud", .. var rest] => await LocalCloudBenchmark.RunAsync(Settings.Read(rest)),
    ["consuming"] => await ConsumingBenchmark.RunAsync(),
    ["outbox", .. var rest] => await OutboxBenchmark.RunAsync(rest),
    ["echo"] => await EchoServer.RunAsync(),
    _ => Settings.Usage(),
};
