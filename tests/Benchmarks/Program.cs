using Benchmarks;
using Benchmarks.Consuming;

return args switch
{
    ["localcloud", .. var rest] => await LocalCloudBenchmark.RunAsync(Settings.Read(rest)),
    ["consuming"] => await ConsumingBenchmark.RunAsync(),
    ["echo"] => await EchoServer.RunAsync(),
    _ => Settings.Usage(),
};
