namespace Crash.Killing;

/// <summary>Gives orders to die, one at a time to each victim and to all of them side by side, until enough have died.</summary>
/// <param name="orders">The folder that orders are put into.</param>
/// <param name="seed">Chooses who dies where.</param>
/// <param name="deaths">Counts.</param>
/// <param name="accepted">How many bookings were acknowledged so far.</param>
internal sealed class Executioner(string orders, int seed, Deaths deaths, Func<int> accepted)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private readonly Deck _deck = new(seed);
    private readonly Dictionary<Victim, Task> _given = [];

    /// <summary>Works until the round has all its deaths.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!deaths.IsRoundOver)
        {
            foreach (var (free, order) in _given.Where(given => given.Value.IsCompleted).ToArray())
            {
                await order;
                _given.Remove(free);
            }

            if (deaths.MayGive(accepted()) && _deck.Take(_given.Keys) is var (victim, point))
                _given.Add(victim, GiveAsync(victim, point, stop));
            else
                await Task.Delay(Pause, stop);
        }

        await Task.WhenAll(_given.Values);
    }

    private async Task GiveAsync(Victim victim, string point, CancellationToken stop)
    {
        deaths.Reserve();
        if (await new Order(victim, point, orders).IsCarriedOutAsync(stop))
        {
            deaths.Add(new(victim.Name, point, DateTimeOffset.UtcNow));
        }
        else
        {
            deaths.Withdraw(victim.Name, point);
            _deck.PutBack((victim, point));
        }
    }
}
