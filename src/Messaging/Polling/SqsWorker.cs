using Amazon.SQS;
using Messaging.Consuming;
using Messaging.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Polling;

/// <summary>
/// Polls a queue and has a consumer handle its messages: for containers and machines of one's own, with the same consumers as under Lambda. When the
/// host stops, nothing more is received, what has not started goes back at once, and what runs gets <see cref="SqsWorkerOptions.DrainTimeout"/>.
/// </summary>
/// <remarks>
/// A receive that is open at that moment has half a second to answer: where messages are waiting, it answers at once, and they go back. Then it is
/// broken off. What a FIFO queue had taken for it is fetched by its attempt id and goes back too; a standard queue knows no such id, and a message
/// that reaches it in the very moment of breaking off comes back by <see cref="SqsWorkerOptions.VisibilityTimeout"/>.
/// </remarks>
/// <param name="sqs">Receives, deletes and hides messages. Its own timeout must be longer than a poll.</param>
/// <param name="consumer">Handles one message.</param>
/// <param name="options">The queue and the limits.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Tells what the worker itself does; what becomes of a message is told to the consumer's logger.</param>
public sealed class SqsWorker(IAmazonSQS sqs, Consumer consumer, SqsWorkerOptions options, TimeProvider time, ILogger<SqsWorker> logger) : BackgroundService
{
    private static readonly TimeSpan ReceivePatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CancelPatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(1);

    /// <summary>Falls when the host begins to stop: the services of a host are stopped one after the other, and all workers must drain at once.</summary>
    internal CancellationToken HostStopping { get; init; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        PoolThreads.Allow(options.MaxInFlight);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, HostStopping);
        using var cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var beating = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var worker = new WorkerContext(sqs, consumer.Name, options, time, logger);
        var visibility = new Visibility(worker);
        using var settlement = new Settlement(visibility, worker);
        var room = new Room(options.MaxInFlight, time);
        var lanes = new HeldLanes(new(consumer, new(consumer, sqs, options, time)), settlement, room, worker);
        var polls = new Polls(new(worker), lanes, room, settlement, worker);

        var settling = settlement.RunAsync(giveUp.Token);
        var heartbeat = new Heartbeat(lanes, visibility, worker).RunAsync(beating.Token);
        var polling = polls.RunAsync(stopping.Token, cut.Token);
        await Task.Delay(Timeout.Infinite, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        cut.CancelAfter(ReceivePatience);
        await DrainAsync(lanes).ConfigureAwait(false);
        await polling.ConfigureAwait(false);
        await beating.CancelAsync().ConfigureAwait(false);
        await heartbeat.ConfigureAwait(false);
        settlement.Complete();
        giveUp.CancelAfter(AnswerPatience);
        await settling.ConfigureAwait(false);
        logger.Stopped(consumer.Name, settlement.Waiting);
    }

    private async Task DrainAsync(HeldLanes lanes)
    {
        lanes.HandBackWaiting();
        if (await EndsWithinAsync(lanes.Ended, options.DrainTimeout).ConfigureAwait(false))
            return;
        var running = lanes.Running;
        foreach (var lane in running)
            _ = lane.StopAsync();
        if (await EndsWithinAsync(lanes.Ended, CancelPatience).ConfigureAwait(false))
            return;
        foreach (var lane in running)
        {
            if (!lane.IsAbandoned && lane.Running is var (held, _))
                logger.LeftBehind(null, consumer.Name, held.Delivery.MessageId, "its handler did not end though it was cancelled");
            _ = lane.AbandonAsync();
        }
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan patience)
    {
        await Task.WhenAny(task, Task.Delay(patience, time)).ConfigureAwait(false);
        return task.IsCompleted;
    }
}
