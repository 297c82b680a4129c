using System.Globalization;
using Messaging.Consuming;
using Messaging.Diagnostics;
using Messaging.Hosting;
using Messaging.Polling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TestWorker;

// For the tests of fail points: past one, and no more.
if (args is ["pass", var step])
{
    FailPoint.Before(Enum.Parse<Step>(step));
    FailPoint.After(Enum.Parse<Step>(step));
    return;
}

// For the test of a process that begins with one thread.
if (args is ["blocked-batch"])
{
    await BlockedBatch.RunAsync();
    return;
}

await using var parts = new FunctionHost();
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSqsWorker(
    new()
    {
        QueueUrl = FunctionHost.Required("QUEUE_URL"),
        DeadLetterQueueUrl = FunctionHost.Required("DEAD_LETTER_QUEUE_URL"),
        MaxInFlight = 16,
        VisibilityTimeout = TimeSpan.FromSeconds(int.Parse(FunctionHost.Required("VISIBILITY_SECONDS"), CultureInfo.InvariantCulture)),
        DrainTimeout = TimeSpan.FromSeconds(2),
    },
    services => new Consumer("worker", services.GetRequiredService<ILogger<Consumer>>())
        .On("greeting.sent.v1", WorkerJson.Default.Greeting, parts.Inbox("worker").InTransaction<Greeting>(Effects.AddAsync)));
using var host = builder.Build();
host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => Console.WriteLine("Ready"));
await host.RunAsync();
