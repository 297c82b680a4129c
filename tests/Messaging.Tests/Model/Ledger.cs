using System.Collections.Concurrent;

namespace Messaging.Tests.Model;

/// <summary>All messages of a scenario, and what was found wrong.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, Fate> _byId;
    private readonly Dictionary<string, Fate> _byBody;
    private readonly ConcurrentQueue<string> _violations = new();

    public Ledger(Scenario scenario, int number)
    {
        Fates = [.. scenario.Messages.Select(m => new Fate(m, $"{number}-{m.Number}"))];
        _byId = Fates.ToDictionary(f => f.Id);
        _byBody = Fates.ToDictionary(f => f.Body);
    }

    public IReadOnlyList<Fate> Fates { get; }

    public Fate ById(string id) => _byId[id];

    public Fate ByBody(string body) => _byBody[body];

    public void Violation(Fate fate, string what) => _violations.Enqueue($"Message {fate.Plan.Number} {what}");

    public void ThrowIfViolated()
    {
        if (!_violations.IsEmpty)
            Assert.Fail(string.Join('\n', _violations.Take(20)));
    }
}
