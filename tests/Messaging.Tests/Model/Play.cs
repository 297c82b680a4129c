namespace Messaging.Tests.Model;

/// <summary>
/// Lets a scenario happen, round by round: somebody sends, some pollers receive, their processes run side by side, the clock moves. All that is
/// random is drawn between the rounds, from the scenario's seed.
/// </summary>
internal sealed class Play(Stage stage)
{
    private static readonly TimeSpan FirstJump = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestJump = TimeSpan.FromHours(4);
    private readonly Random _random = new(stage.Scenario.Schedule);
    private readonly List<Invocation> _stalled = [];
    private TimeSpan _jump = FirstJump;

    /// <summary>Until the queue is empty.</summary>
    public async Task RunAsync()
    {
        var toSend = new Queue<Fate>(InOrderOfSending());
        foreach (var fate in stage.Ledger.Fates)
            fate.Sent = fate.Plan.CopyAfter is null ? 1 : 2;

        for (var rounds = 0; ; rounds++)
        {
            await stage.SendAsync(Enumerable.Range(0, Math.Min(toSend.Count, _random.Next(60))).Select(_ => toSend.Dequeue()).ToList());
            var invocations = await ReceiveAsync();
            await Task.WhenAll(invocations.Select(i => i.RunAsync(Percent(stage.Scenario.LostAnswers))));
            stage.Ledger.ThrowIfViolated();

            if (invocations.Count + toSend.Count > 0)
                _jump = FirstJump;
            else if (_stalled.Count == 0 && _jump > FirstJump && await stage.Cloud.CountAsync(stage.Options.QueueUrl) == 0)
                return;
            else
                _jump = _jump * 10 < LongestJump ? _jump * 10 : LongestJump;
            stage.Cloud.Time.Advance(_jump * _random.NextDouble());
            Assert.True(rounds < 2_000 + (stage.Scenario.Messages.Count * 50), $"The queue is not empty after {rounds} rounds.");
        }
    }

    private async Task<List<Invocation>> ReceiveAsync()
    {
        var now = stage.Cloud.Time.GetUtcNow();
        var invocations = _stalled.Where(i => i.Received + Stage.Visibility < now).ToList();
        _stalled.RemoveAll(invocations.Contains);
        for (var poller = 0; poller < stage.Scenario.Pollers; poller++)
        {
            var batch = await stage.ReceiveAsync(stage.Options.QueueUrl, Math.Min(10, _random.Next(1, 25)));
            if (batch.Count == 0)
                break;
            var invocation = new Invocation(stage, batch);
            var stalls = Percent(stage.Scenario.Stalls);
            if (stalls)
                invocation.Disturb(batch);
            (stalls ? _stalled : invocations).Add(invocation);
        }

        return invocations;
    }

    private IEnumerable<Fate> InOrderOfSending()
    {
        var copies = stage.Ledger.Fates.Index().Where(f => f.Item.Plan.CopyAfter is not null).ToLookup(f => f.Index + f.Item.Plan.CopyAfter, f => f.Item);
        return stage.Ledger.Fates.Index().SelectMany(f => copies[f.Index].Prepend(f.Item))
            .Concat(copies.Where(c => c.Key >= stage.Ledger.Fates.Count).SelectMany(c => c));
    }

    private bool Percent(int probability) => _random.Next(100) < probability;
}
