namespace LocalCloud.Tests.Persistence;

public class TwinTests
{
    private const int Steps = 400;

    /// <summary>The same random life twice: one cloud never stops, the other is compacted and killed again and again. Nobody can tell them apart.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_cloud_that_is_killed_at_random_answers_like_one_that_never_was(int seed)
    {
        var random = new Random(seed);
        await using var killed = await PersistentCloud.StartAsync();
        await using var steady = await TestCloud.StartAsync();
        var twins = new Twins(() => killed.Cloud, steady);
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(twins, random, step);
            switch (random.Next(40))
            {
                case 0:
                    await killed.KillAsync();
                    break;
                case 1:
                    await killed.CompactAndKillAsync();
                    break;
                case 2:
                    killed.Cloud.Compact();
                    break;
                case < 10:
                    var by = TimeSpan.FromSeconds(random.Next(90));
                    killed.Time.Advance(by);
                    steady.Time.Advance(by);
                    break;
                default:
                    break;
            }
        }

        await twins.CompareAsync();
    }

    private static Task StepAsync(Twins twins, Random random, int step)
    {
        var name = Twins.Names[random.Next(Twins.Names.Length)];
        var group = $"{(char)('a' + random.Next(4))}";
        return random.Next(100) switch
        {
            < 40 => twins.SendAsync(name, $"body-{step}", group, $"id-{random.Next(60)}"),
            < 65 => twins.ReceiveAsync(name),
            < 80 => twins.DeleteAsync(name, random),
            < 90 => twins.ChangeAsync(name, random, random.Next(120)),
            < 93 => twins.PublishAsync($"news-{step}", group, $"id-{random.Next(60)}"),
            < 94 => twins.PurgeAsync(name),
            < 96 => twins.SetAsync(name, random.Next(10, 60)),
            _ => twins.CompareAsync(),
        };
    }
}
