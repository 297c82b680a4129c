using System.Globalization;
using Amazon.SQS.Model;

namespace Messaging.Tests.Model;

/// <summary>
/// Knows what the answer to a batch must be, from how its handlers ended: a message comes back if its own run says so, or if an earlier one of
/// its group in the batch came back; everything else was run and is acknowledged.
/// </summary>
internal sealed class Judge(Stage stage, IReadOnlyList<Message> batch, ScriptedHandler handler, InvocationLog log)
{
    private readonly Dictionary<Fate, string> _stories = [];

    /// <summary>Compares the answer.</summary>
    /// <param name="returned">The SQS ids of the messages that the library handed back.</param>
    public void Check(IReadOnlyList<string> returned)
    {
        var lanes = stage.Scenario.Fifo
            ? batch.GroupBy(m => m.Attributes!["MessageGroupId"]).Select(g => g.ToArray())
            : batch.OrderByDescending(m => log.StaysForNow(m.MessageId)).Select(m => new[] { m });
        var expected = new List<Message>();
        foreach (var lane in lanes)
            CheckLane(lane, expected);

        // Of two copies in one batch of a standard queue nobody knows which run was whose, so envelopes are compared and not SQS ids, and the copy
        // that could not be sent on has the first choice among the runs.
        var missing = Bodies(expected).Except(Bodies(batch.Where(m => returned.Contains(m.MessageId)))).ToList();
        var wrong = Bodies(batch.Where(m => returned.Contains(m.MessageId))).Except(Bodies(expected)).ToList();
        foreach (var (body, _) in missing)
            Complain(body, "should have been handed back, and was acknowledged");
        foreach (var (body, _) in wrong)
            Complain(body, "was handed back, and should have been acknowledged");
    }

    private void Complain(string body, string what)
    {
        var fate = stage.Ledger.ByBody(body);
        stage.Ledger.Violation(fate, $"{what}:{_stories[fate]}");
    }

    private void CheckLane(IReadOnlyList<Message> lane, List<Message> expected)
    {
        var held = false;
        foreach (var message in lane)
        {
            var fate = stage.Ledger.ByBody(message.Body);
            var stays = log.StaysForNow(message.MessageId);
            var outcome = IsEarly(message) ? Unless(held, Outcome.Deferred) : fate.Plan.Ending switch
            {
                Ending.NoEnvelope or Ending.NoData => Unless(held, Outcome.Dead),
                Ending.UnknownType => Unless(held, stage.Scenario.DiscardsUnknown ? Outcome.Acknowledged : Outcome.Dead),
                _ => handler.NextOutcome(fate, sentOn: stays),
            };
            if (held && outcome is not null)
                stage.Ledger.Violation(fate, "ran although an earlier message of its group came back.");
            if (!held && outcome is null)
                stage.Ledger.Violation(fate, "did not run although nothing held it back.");

            if (outcome == Outcome.Failed && log.GaveUp(fate.Id))
            {
                outcome = Outcome.Dead;
                if (fate.Failures < stage.Options.MaxAttempts)
                    stage.Ledger.Violation(fate, $"is a dead letter after {fate.Failures} attempts.");
            }

            fate.Disturbed |= stays;
            held |= stays || outcome is null or Outcome.Failed || (outcome == Outcome.Deferred && stage.Scenario.Fifo);
            if (held)
                expected.Add(message);
            _stories[fate] = $"{_stories.GetValueOrDefault(fate)} {outcome?.ToString() ?? "Not run"}{(stays ? " and not sent on" : "")} ({message.MessageId});";
        }
    }

    // The copy of a deferred message that waits for longer than a queue can delay it.
    private bool IsEarly(Message message) => message.MessageAttributes?.GetValueOrDefault("NotBefore") is { } due
        && DateTimeOffset.Parse(due.StringValue!, CultureInfo.InvariantCulture) > stage.Cloud.Time.GetUtcNow();

    // These do not reach the handler.
    private static Outcome? Unless(bool held, Outcome outcome) => held ? null : outcome;

    private HashSet<(string Body, int Nth)> Bodies(IEnumerable<Message> messages) =>
        [.. messages.GroupBy(m => m.Body).SelectMany(g => g.Take(IsThereTwice(g.Key) ? 1 : g.Count()).Select((m, i) => (m.Body, i)))];

    // One message twice in one batch has one SQS id, so both its deliveries come back if one of them does.
    private bool IsThereTwice(string body) => batch.Where(m => m.Body == body).CountBy(m => m.MessageId).Any(m => m.Value > 1);
}
