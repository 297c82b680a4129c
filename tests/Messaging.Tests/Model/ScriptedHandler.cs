using System.Collections.Concurrent;
using Messaging.Consuming;
using Messaging.Inbox;
using Npgsql;

namespace Messaging.Tests.Model;

/// <summary>What a handler's run meant for its message.</summary>
internal enum Outcome
{
    Acknowledged,
    Dead,
    Deferred,
    Failed,
}

/// <summary>Handles messages as their scripts say, in the process of one invocation, and remembers how each run ended.</summary>
internal sealed class ScriptedHandler(Ledger ledger, PostgresInbox inbox, int scenario, TimeProvider clock, CancellationTokenSource death)
{
    private readonly Dictionary<string, List<Outcome>> _outcomes = [];
    private readonly ConcurrentBag<Task> _runs = [];

    /// <summary>The ends of a message's runs in this invocation, each handed out once.</summary>
    /// <param name="fate">The message.</param>
    /// <param name="sentOn">Rather one after which the message was to be sent to another queue, or for later.</param>
    public Outcome? NextOutcome(Fate fate, bool sentOn)
    {
        lock (_outcomes)
        {
            if (!_outcomes.TryGetValue(fate.Id, out var outcomes) || outcomes.Count == 0)
                return null;
            var index = sentOn ? Math.Max(0, outcomes.FindIndex(o => o is Outcome.Dead or Outcome.Deferred)) : 0;
            var outcome = outcomes[index];
            outcomes.RemoveAt(index);
            return outcome;
        }
    }

    /// <summary>Handles one message.</summary>
    public Task<Verdict> HandleAsync(Received<Greeting> message, CancellationToken cancellationToken)
    {
        var run = ScriptAsync(message, cancellationToken);
        _runs.Add(run);
        return run;
    }

    /// <summary>A process that is gone has no handlers that run on.</summary>
    public Task EndAsync() => Task.WhenAll(_runs.Select(r => r.ContinueWith(_ => { }, TaskScheduler.Default)));

    private async Task<Verdict> ScriptAsync(Received<Greeting> message, CancellationToken cancellationToken)
    {
        var fate = ledger.ById(message.Event.Id);
        var outcome = Outcome.Failed;
        try
        {
            var ran = false;
            var verdict = await inbox.InTransaction<Greeting>((_, work, ct) =>
            {
                ran = true;
                return RunAsync(fate, work, ct);
            })(message, cancellationToken);
            if (ran && verdict.Acknowledges)
            {
                var first = !fate.Committed;
                fate.Committed = true;
                if (first && fate.Plan.Ending == Ending.DoneThenDie)
                    Die();
            }

            outcome = verdict switch
            {
                { Acknowledges: true } => Outcome.Acknowledged,
                Verdict.DeadLettered => Outcome.Dead,
                Verdict.Deferred => Outcome.Deferred,
                _ => Outcome.Failed,
            };
            return verdict;
        }
        finally
        {
            if (outcome == Outcome.Failed)
                fate.Failed();
            lock (_outcomes)
            {
                if (!_outcomes.TryAdd(fate.Id, [outcome]))
                    _outcomes[fate.Id].Add(outcome);
            }
        }
    }

    private async Task<Verdict> RunAsync(Fate fate, UnitOfWork work, CancellationToken cancellationToken)
    {
        if (fate.Committed)
            ledger.Violation(fate, "was handled again after its end was committed.");
        var due = Interlocked.Exchange(ref fate.NotBefore, 0);
        // Queues count in milliseconds.
        if (!fate.Disturbed && due - clock.GetUtcNow().UtcTicks > TimeSpan.TicksPerMillisecond)
            ledger.Violation(fate, $"came back {TimeSpan.FromTicks(due - clock.GetUtcNow().UtcTicks)} before its time.");

        var step = fate.NextStep();
        if (step is not null || fate.Plan.Ending != Ending.Discard)
            await WriteEffectAsync(fate, work, cancellationToken);
        switch (step)
        {
            case Step.Retry(var after):
                NotBefore(fate, after);
                return Verdict.Retry("scripted", after);
            case Step.Defer(var time):
                NotBefore(fate, time);
                return Verdict.Defer(clock.GetUtcNow() + time, "scripted");
            case Step.Throw:
                throw new InvalidOperationException("scripted");
            case Step.Die:
                Die();
                break;
        }

        return fate.Plan.Ending switch
        {
            Ending.Discard => Verdict.Discard("scripted"),
            Ending.Poison => Verdict.Retry("scripted, for ever"),
            Ending.DeadLetter => Verdict.DeadLetter($"scripted for {fate.Id}"),
            _ => Verdict.Done,
        };
    }

    // Another copy of the message, or a second delivery of it, has a time of its own.
    private void NotBefore(Fate fate, TimeSpan? after)
    {
        if (after is { } time && fate.Sent == 1)
            Interlocked.Exchange(ref fate.NotBefore, (clock.GetUtcNow() + time).UtcTicks);
    }

    private async Task WriteEffectAsync(Fate fate, UnitOfWork work, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into effects (scenario, message) values ($1, $2)", work.Connection, work.Transaction);
        command.AddValues(scenario, fate.Plan.Number);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Die()
    {
        death.Cancel();
        death.Token.ThrowIfCancellationRequested();
    }
}
