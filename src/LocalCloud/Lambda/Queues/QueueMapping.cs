using System.Diagnostics;
using System.Text.Json.Nodes;
using LocalCloud.Lambda.Calls;
using LocalCloud.Lambda.Runtime;
using Microsoft.Extensions.Logging;

namespace LocalCloud.Lambda.Queues;

/// <summary>
/// An event-source mapping: one long poll at a time, and as many batches at work as the mapping's concurrency. What was handled is deleted;
/// what was not is left to its visibility timeout, as Lambda leaves it.
/// </summary>
internal sealed class QueueMapping(QueueMappingSettings mapping, LambdaFunction function, QueueClient queue, ILogger logger) : IAsyncDisposable
{
    private const int LongPollSeconds = 20;
    private const int DeleteAttempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _slots = new(mapping.Concurrency);
    private readonly CancellationTokenSource _stopping = new();
    private Task _polling = Task.CompletedTask;

    public LambdaFunction Function => function;

    public void Start()
    {
        function.Processes.AllowConcurrency(mapping.Concurrency);
        _polling = Task.Run(PollAsync);
    }

    /// <summary>Stops polling, and waits a second for batches at work.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _polling;
        var start = Stopwatch.GetTimestamp();
        for (var slot = 0; slot < mapping.Concurrency; slot++)
        {
            if (!await _slots.WaitAsync(TimeSpan.FromTicks(Math.Max(0, (Patience - Stopwatch.GetElapsedTime(start)).Ticks))))
                return;
        }
    }

    private async Task PollAsync()
    {
        string? url = null;
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _slots.WaitAsync(_stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            IReadOnlyList<JsonObject> batch = [];
            try
            {
                url ??= await queue.GetUrlAsync(mapping.QueueArn, _stopping.Token);
                batch = await WantedAsync(url, await CollectAsync(url, _stopping.Token));
                if (failures > 0)
                    LambdaLog.PollingAgain(logger, mapping.QueueName, function.Settings.Handler);
                failures = 0;
            }
            catch (Exception error) when (!_stopping.IsCancellationRequested)
            {
                if (failures++ == 0)
                    LambdaLog.PollingFailed(logger, mapping.QueueName, function.Settings.Handler, error.Message);
                await Task.Delay(Backoff.Pause(failures), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // Stopping: what was on its way here comes back after its visibility timeout.
            }
            if (batch.Count == 0)
                _slots.Release();
            else
                _ = HandleAsync(url!, batch);
        }
    }

    private async Task<IReadOnlyList<JsonObject>> CollectAsync(string url, CancellationToken cancellationToken)
    {
        var batch = new List<JsonObject>(await queue.ReceiveAsync(url, mapping.BatchSize, LongPollSeconds, cancellationToken));
        if (batch.Count == 0)
            return batch;
        var start = Stopwatch.GetTimestamp();
        var size = Size(batch);
        while (batch.Count < mapping.BatchSize && size < FunctionSettings.MaximumPayload)
        {
            var left = mapping.BatchingWindow - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                break;
            try
            {
                var wait = Math.Min(LongPollSeconds, (int)Math.Ceiling(left.TotalSeconds));
                var more = await queue.ReceiveAsync(url, mapping.BatchSize - batch.Count, wait, cancellationToken);
                batch.AddRange(more);
                size += Size(more);
            }
            catch (ServiceError)
            {
                // What is there is handled; the next poll reports the error, should it last.
                break;
            }
        }
        return batch;
    }

    /// <summary>Messages that no filter wants are deleted, as Lambda does.</summary>
    private async Task<IReadOnlyList<JsonObject>> WantedAsync(string url, IReadOnlyList<JsonObject> batch)
    {
        if (mapping.Filter is not { } filter || batch.Count == 0)
            return batch;
        var wanted = batch.ToLookup(filter.Matches);
        foreach (var unwanted in wanted[false].Chunk(QueueClient.MaximumBatch))
            await DeleteAsync(url, [.. unwanted]);
        return [.. wanted[true]];
    }

    private static int Size(IEnumerable<JsonObject> messages) => messages.Sum(message => message["Body"]?.GetValue<string>().Length ?? 0);

    private async Task HandleAsync(string url, IReadOnlyList<JsonObject> batch)
    {
        try
        {
            var failedGroups = new HashSet<string?>();
            foreach (var (messages, payload) in SqsEvent.Split(batch, mapping.QueueArn, mapping.Region, FunctionSettings.MaximumPayload))
                await InvokeAsync(url, messages, payload, failedGroups);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LambdaLog.BatchLost(logger, mapping.QueueName, function.Settings.Handler, e);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <param name="url">Of the queue.</param>
    /// <param name="messages">A batch, or a part of one that is larger than 6 MB.</param>
    /// <param name="payload">Their event.</param>
    /// <param name="failedGroups">FIFO groups that failed in an earlier part: their later messages must not overtake them.</param>
    private async Task InvokeAsync(string url, IReadOnlyList<JsonObject> messages, ReadOnlyMemory<byte> payload, HashSet<string?> failedGroups)
    {
        if (mapping.IsFifo && failedGroups.Count > 0 && messages.Any(message => failedGroups.Contains(Group(message))))
        {
            messages = [.. messages.Where(message => !failedGroups.Contains(Group(message)))];
            if (messages.Count == 0)
                return;
            payload = SqsEvent.Split(messages, mapping.QueueArn, mapping.Region, FunctionSettings.MaximumPayload).Single().Payload;
        }
        var ids = messages.Select(Id).ToHashSet();
        IReadOnlyCollection<string> failed = ids;
        var result = await function.InvokeAsync(
            $"sqs:{mapping.QueueName}",
            payload,
            new InvocationDetails { FailedItems = answer => failed = BatchAnswer.Failed(answer, ids, mapping.ReportsItemFailures) });
        if (failed.Count > 0)
        {
            if (LambdaFailure.IsThrottled(result))
                LambdaLog.BatchThrottled(logger, mapping.QueueName, function.Settings.Handler, messages.Count);
            LambdaLog.MessagesFailed(logger, mapping.QueueName, function.Settings.Handler, failed.Count, messages.Count, result.RequestId);
            failedGroups.UnionWith(messages.Where(message => failed.Contains(Id(message))).Select(Group));
        }
        foreach (var handled in messages.Where(message => !failed.Contains(Id(message))).Chunk(QueueClient.MaximumBatch))
            await DeleteAsync(url, [.. handled]);
    }

    private async Task DeleteAsync(string url, List<JsonObject> messages)
    {
        for (var attempt = 1; messages.Count > 0; attempt++)
        {
            try
            {
                messages = [.. await queue.DeleteAsync(url, messages, CancellationToken.None)];
            }
            catch (ServiceError)
            {
                // All of them are still there.
            }
            if (messages.Count == 0)
                return;
            if (attempt == DeleteAttempts)
            {
                LambdaLog.NotDeleted(logger, mapping.QueueName, messages.Count);
                return;
            }
            await Task.Delay(Backoff.Pause(attempt), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Id(JsonObject message) => message["MessageId"]!.GetValue<string>();

    private static string? Group(JsonObject message) => message["Attributes"]?["MessageGroupId"]?.GetValue<string>();
}
