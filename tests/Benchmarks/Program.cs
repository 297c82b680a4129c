using Benchmarks;
using Benchmarks.Consuming;
using Benchmarks.Outbox;
using Benchmarks.Publishing;
using Benchmarks.Scaling;

return args switch
{
    ["localcloud", .. var rest] => await LocalCloudBenchmark.RunAsync(Settings.Read(rest)),
    ["consuming"] => await ConsumingBenchmark.RunAsync(),
    ["outbox", .. var rest] => await OutboxBenchmark.RunAsync(rest),
    ["scaling"] => await ScalingBenchmark.RunAsync(null),
    ["scaling", "--svg", var path] => await ScalingBenchmark.RunAsync(path),
    ["publishing", .. var names] => await PublishingBenchmark.RunAsync(names),
    ["echo"] => await EchoServer.RunAsync(),
    _ => Settings.Usage(),
};
