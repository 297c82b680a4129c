using System.Globalization;
using Amazon.Lambda.SQSEvents;
using Amazon.SQS.Model;
using Messaging.Consuming;

namespace Messaging.Tests.Model;

/// <summary>One batch in a process of its own, from Lambda's poller to what the poller makes of the answer; and the judge of that answer.</summary>
internal sealed class Invocation(Stage stage, IReadOnlyList<Message> batch)
{
    private static readonly TimeSpan Remaining = TimeSpan.FromSeconds(30);
    private readonly InvocationLog _log = new();

    /// <summary>When the batch was received.</summary>
    public DateTimeOffset Received { get; } = stage.Cloud.Time.GetUtcNow();

    /// <summary>Handles the batch and deletes what was not handed back, unless the process dies or its answer is lost.</summary>
    public async Task RunAsync(bool answerIsLost)
    {
        using var death = new CancellationTokenSource();
        var handler = new ScriptedHandler(stage.Ledger, stage.Inbox, stage.Number, stage.Cloud.Time, death);
        var consumer = new Consumer(stage.Consumer, _log).On(Fate.Type, TestJson.Default.Greeting, handler.HandleAsync);
        if (stage.Scenario.DiscardsUnknown)
            consumer.OnUnknownType(_ => Verdict.Discard("unknown"));
        var sqsBatch = new SqsBatch(consumer, stage.Cloud.Sqs, stage.Options, stage.Cloud.Time);

        SQSBatchResponse? response = null;
        try
        {
            response = await sqsBatch.HandleAsync(LambdaEvents.Of(batch, stage.QueueName), Remaining, death.Token);
        }
        catch (OperationCanceledException) when (death.IsCancellationRequested)
        {
        }

        await handler.EndAsync();
        if (response is null || death.IsCancellationRequested)
        {
            Disturb(batch);
            return;
        }

        var returned = response.BatchItemFailures!.Select(f => f.ItemIdentifier!).ToList();
        new Judge(stage, batch, handler, _log).Check(returned);
        if (_log.DelaysFailed || answerIsLost)
            Disturb(batch);
        if (!answerIsLost)
            await DeleteAsync([.. batch.Where(m => !returned.Contains(m.MessageId))]);
    }

    public void Disturb(IEnumerable<Message> messages)
    {
        foreach (var message in messages)
            stage.Ledger.ByBody(message.Body).Disturbed = true;
    }

    private async Task DeleteAsync(IReadOnlyList<Message> messages)
    {
        if (messages.Count == 0)
            return;
        var answer = await stage.Cloud.Sqs.DeleteMessageBatchAsync(new()
        {
            QueueUrl = stage.Options.QueueUrl,
            Entries = [.. messages.Select((m, i) => new DeleteMessageBatchRequestEntry(i.ToString(CultureInfo.InvariantCulture), m.ReceiptHandle))],
        });
        Disturb((answer.Failed ?? []).Select(f => messages[int.Parse(f.Id!, CultureInfo.InvariantCulture)]));
    }
}
