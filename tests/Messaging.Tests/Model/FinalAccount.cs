using Amazon.SQS.Model;
using Messaging.Envelope;
using Npgsql;

namespace Messaging.Tests.Model;

/// <summary>What must be true when the queue is empty: each message is an effect, discarded or dead, exactly as its script says.</summary>
internal static class FinalAccount
{
    public static async Task CheckAsync(Stage stage)
    {
        var inOrder = await EffectsAsync(stage);
        var effects = inOrder.CountBy(n => n).ToDictionary();
        var dead = (await DrainDeadLettersAsync(stage)).ToLookup(m => stage.Ledger.ByBody(m.Body));
        foreach (var fate in stage.Ledger.Fates)
        {
            var count = effects.GetValueOrDefault(fate.Plan.Number);
            if (count != (fate.Plan.HasEffect ? 1 : 0) && !(count == 0 && GaveUp(stage, fate) && dead[fate].Any()))
                stage.Ledger.Violation(fate, $"has {count} effects.");
            CheckDeadLetters(stage, fate, [.. dead[fate]]);
        }

        if (stage.Scenario.Fifo)
            CheckOrder(stage, inOrder);
        stage.Ledger.ThrowIfViolated();
    }

    // The time of a batch that is over uses up an attempt of every message whose handler runs, so ten neighbours can be the death of one.
    private static bool GaveUp(Stage stage, Fate fate) => fate.Failures >= stage.Options.MaxAttempts;

    private static void CheckDeadLetters(Stage stage, Fate fate, IReadOnlyList<Message> letters)
    {
        var (error, reason) = fate.Plan.Ending switch
        {
            Ending.DeadLetter => ("Verdict", $"scripted for {fate.Id}"),
            Ending.NoEnvelope or Ending.NoData => (nameof(InvalidCloudEventException), null),
            Ending.UnknownType when !stage.Scenario.DiscardsUnknown => ("Verdict", $"{stage.Consumer} has no handler for the type 'greeting.unknown.v1'."),
            _ => (null, null),
        };
        if (fate.Plan.Ending == Ending.Poison)
        {
            if (letters.Count < fate.Sent || letters.Any(l => !l.MessageAttributes!["DeadLetterReason"].StringValue!.Contains("attempts failed", StringComparison.Ordinal)))
                stage.Ledger.Violation(fate, $"is in the dead-letter queue {letters.Count} times, and not for its attempts.");
        }
        else if (error is null)
        {
            if (letters.Count > 0 && !GaveUp(stage, fate))
                stage.Ledger.Violation(fate, $"is in the dead-letter queue: {letters[0].MessageAttributes!["DeadLetterReason"].StringValue}");
        }
        else if (fate.Disturbed ? letters.Count < fate.Sent : letters.Count != fate.Sent)
        {
            stage.Ledger.Violation(fate, $"is in the dead-letter queue {letters.Count} times, and was sent {fate.Sent} times.");
        }
        else if (!GaveUp(stage, fate) && letters.Any(l => l.MessageAttributes!["DeadLetterErrorType"].StringValue != error
            || (reason is not null && l.MessageAttributes["DeadLetterReason"].StringValue != reason)))
        {
            stage.Ledger.Violation(fate, "is in the dead-letter queue with another story than its own.");
        }
    }

    private static void CheckOrder(Stage stage, IReadOnlyList<int> effects)
    {
        var plans = stage.Ledger.Fates.ToDictionary(f => f.Plan.Number);
        foreach (var group in effects.GroupBy(n => plans[n].Plan.Group))
        {
            foreach (var (earlier, later) in group.Zip(group.Skip(1)))
            {
                if (earlier > later)
                    stage.Ledger.Violation(plans[later], $"had its effect after that of {earlier}, of the same group.");
            }
        }
    }

    private static async Task<List<int>> EffectsAsync(Stage stage)
    {
        await using var command = stage.Database.CreateCommand("select message from effects where scenario = $1 order by place");
        command.Parameters.Add(new NpgsqlParameter { Value = stage.Number });
        await using var reader = await command.ExecuteReaderAsync();
        var effects = new List<int>();
        while (await reader.ReadAsync())
            effects.Add(reader.GetInt32(0));
        return effects;
    }

    private static async Task<List<Message>> DrainDeadLettersAsync(Stage stage)
    {
        stage.Cloud.Server.SetFaults(null);
        var all = new List<Message>();
        while (await stage.ReceiveAsync(stage.Options.DeadLetterQueueUrl, 10) is { Count: > 0 } letters)
        {
            all.AddRange(letters);
            await stage.Cloud.Sqs.DeleteMessageBatchAsync(new(stage.Options.DeadLetterQueueUrl, [.. letters.Select((l, i) => new DeleteMessageBatchRequestEntry($"{i}", l.ReceiptHandle))]));
        }

        return all;
    }
}
