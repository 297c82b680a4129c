using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Functions.OutboxRelay;

await using var host = new FunctionHost();
var relay = new RelayHandler(host.Relay.SweepAsync, host.ParkedReplays.ResumeAsync, host.InboxCleanup.RunAsync);
using var bootstrap = LambdaBootstrapBuilder.Create<ScheduledEvent>(relay.HandleAsync, new SourceGeneratorLambdaJsonSerializer<RelayJson>()).Build();
await bootstrap.RunAsync();
