using Benchmarks;

return args switch
{
    ["localcloud", .. var rest] => await LocalCloudBenchmark.RunAsync(Settings.Read(rest)),
    ["echo"] => await EchoServer.RunAsync(),
    _ => Settings.Usage(),
};
