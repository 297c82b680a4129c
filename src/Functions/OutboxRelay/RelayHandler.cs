using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents.ScheduledEvents;
using Amazon.Lambda.Core;
using Relay = Messaging.Outbox.OutboxRelay;

namespace Functions.OutboxRelay;

/// <summary>Publishes what a crash left in the outbox, as often as the schedule says.</summary>
internal sealed class RelayHandler(Relay relay)
{
    /// <summary>Kept of Lambda's time for ending in good order.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(3);

    public async Task HandleAsync(ScheduledEvent tick, ILambdaContext context)
    {
        var time = context.RemainingTime - Reserve;
        using var deadline = new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero);
        try
        {
            await relay.SweepAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The rest waits for the next tick.
        }
    }
}

/// <summary>What the schedule sends.</summary>
[JsonSerializable(typeof(ScheduledEvent))]
internal sealed partial class RelayJson : JsonSerializerContext;
