using Messaging.Hosting;
using Messaging.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crash.Processes;

/// <summary>A hosted relay beside the function, and the operator who releases parked groups.</summary>
internal static class RelayProcess
{
    private static readonly TimeSpan Thought = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync()
    {
        Orphan.EndWithParent();
        await using var parts = new FunctionHost();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var options = new OutboxOptions { Lease = TimeSpan.FromSeconds(5) };
        builder.Services.AddOutboxRelay(
            _ => new(parts.Database, parts.Publisher.PublishAsync, options, parts.Time, parts.Logger<OutboxRelay>()),
            _ => new() { Chores = [parts.ParkedReplays.ResumeAsync, ct => ReleaseAsync(parts, ct)], ChoreInterval = TimeSpan.FromSeconds(1) });
        using var host = builder.Build();
        await host.RunAsync();
        return 0;
    }

    private static async Task ReleaseAsync(FunctionHost parts, CancellationToken cancellationToken)
    {
        var groups = parts.Parking(WorkerProcess.Notes);
        foreach (var group in await groups.ListAsync(null, 100, cancellationToken))
        {
            // Followers get the time to be parked.
            if (!group.IsReleased && group.Since < parts.Time.GetUtcNow() - Thought)
                await groups.ReleaseAsync(group.GroupId, cancellationToken);
        }
    }
}
