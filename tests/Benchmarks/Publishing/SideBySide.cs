using Benchmarks.Consuming;

namespace Benchmarks.Publishing;

/// <summary>Several ways of doing the same, in turns; what is told of each is its median.</summary>
internal sealed class SideBySide(int rounds, int times)
{
    public async Task<Cost[]> MeasureAsync(params Func<Task>[] sides)
    {
        for (var i = 0; i < 5; i++)
        {
            foreach (var side in sides)
                await Cost.MeasureAsync(side, times, 1);
            await Task.Delay(100);
        }

        var costs = new Cost[sides.Length][];
        for (var side = 0; side < sides.Length; side++)
            costs[side] = new Cost[rounds];
        for (var round = 0; round < rounds; round++)
        {
            for (var side = 0; side < sides.Length; side++)
                costs[side][round] = await Cost.MeasureAsync(sides[side], times, 1);
        }

        return [.. costs.Select(c => new Cost(Median(c.Select(r => r.Nanoseconds)), Median(c.Select(r => r.Bytes))))];
    }

    private double Median(IEnumerable<double> values) => values.Order().ElementAt(rounds / 2);
}
