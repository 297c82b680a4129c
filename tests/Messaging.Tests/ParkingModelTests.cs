using LocalCloud.Faults;
using Messaging.Consuming;
using Tests.Common;

namespace Messaging.Tests;

/// <summary>Many groups, poison, retries, lost answers, failing sends and impatient operators, by seed; and what must hold all the time.</summary>
public sealed class ParkingModelTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Groups = "abcdef";
    private readonly Lock _lock = new();
    private readonly HashSet<string> _effects = [];
    private readonly Dictionary<string, int> _last = [];
    private readonly HashSet<string> _held = [];
    private readonly List<string> _violations = [];
    private ParkingQueue _queue = null!;
    private Random _random = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _queue = await ParkingQueue.StartAsync(postgres);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_happens_each_group_keeps_its_order_and_loses_nothing(int seed)
    {
        _random = new(seed);
        _queue.Answer = Answer;
        var sent = new List<string>();
        for (var step = 0; step < 150; step++)
            await StepAsync(step, sent);

        // Everybody is well again: what waits is released until nothing does.
        _queue.Faults = null;
        for (var round = 0; await _queue.HandleAsync() || (await _queue.ParkedAsync()).Count > 0; round++)
        {
            Assert.True(round < 500, "Groups stay parked.");
            await _queue.RunAsync();
            await ReleaseAsync(await _queue.ParkedAsync());
            await _queue.Replays.ResumeAsync(None);
        }

        Assert.Empty(_violations);
        Assert.Equal(sent.Where(text => !IsPoison(text)).Order(), _effects.Order());
        var dead = await _queue.DeadAsync();
        Assert.Equal(sent.Where(IsPoison).Order(), dead.Select(m => ConsumerTests.Text(m.Body!)).Distinct().Order());
    }

    public async ValueTask DisposeAsync() => await _queue.DisposeAsync();

    private async Task StepAsync(int step, List<string> sent)
    {
        _queue.Faults = _random.Next(4) > 0 ? null : new()
        {
            Seed = step,
            Rules =
            [
                new() { Service = "sqs", Action = "SendMessage", Kind = FaultKind.InternalError, Probability = 0.4 },
                new() { Service = "sqs", Action = "SendMessage", Kind = FaultKind.LostResponse, Probability = 0.4 },
            ],
        };
        switch (_random.Next(10))
        {
            case < 4:
                var texts = Enumerable.Range(0, _random.Next(1, 6)).Select(i => $"{Groups[_random.Next(Groups.Length)]}{sent.Count + i:d4}").ToArray();
                sent.AddRange(texts);
                await _queue.SendAsync(texts);
                break;
            case < 8:
                await _queue.HandleAsync(lost: _random.Next(4) == 0, size: _random.Next(1, 11));
                break;
            case 8:
                await ReleaseAsync([$"{Groups[_random.Next(Groups.Length)]}"]);
                break;
            default:
                await _queue.Replays.ResumeAsync(None);
                break;
        }
    }

    private async Task ReleaseAsync(IReadOnlyList<string> groups)
    {
        foreach (var group in groups)
        {
            lock (_lock)
                _held.Remove(group);
            await _queue.Groups.ReleaseAsync(group, None);
        }
    }

    // One in eight, by its number alone: a message is poison for ever or never.
    private static bool IsPoison(string text) => (int.Parse(text[1..]) * 7) % 8 == 3;

    private Verdict Answer(string text)
    {
        lock (_lock)
        {
            var (group, number) = (text[..1], int.Parse(text[1..]));

            // As the inbox does: what has had its effect is absorbed, and may come at any time.
            if (_effects.Contains(text))
                return Verdict.Done;
            if (_random.Next(6) == 0)
                return Verdict.Retry("not yet", TimeSpan.Zero);
            if (_last.GetValueOrDefault(group, -1) is var last && last > number)
                _violations.Add($"{text} ran after {last}");
            if (IsPoison(text))
            {
                _held.Add(group);
                return Verdict.DeadLetter("poison");
            }

            if (_held.Contains(group))
                _violations.Add($"{text} overtook its group's dead letter");
            _last[group] = number;
            _effects.Add(text);
            return Verdict.Done;
        }
    }
}
