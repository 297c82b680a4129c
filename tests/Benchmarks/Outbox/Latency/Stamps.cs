using System.Diagnostics;

namespace Benchmarks.Outbox.Latency;

/// <summary>When things happened to a message, as timestamps of this process; 0 while they have not.</summary>
internal sealed class Stamps(int messages)
{
    /// <summary>When its transaction should have begun.</summary>
    public long[] Due { get; } = new long[messages];

    /// <summary>When its commit returned.</summary>
    public long[] Committed { get; } = new long[messages];

    /// <summary>When the topic had answered.</summary>
    public long[] Published { get; } = new long[messages];

    /// <summary>When the consumer had it.</summary>
    public long[] Received { get; } = new long[messages];

    /// <summary>Prints how long it took from one to the other, without the messages before <paramref name="first"/>.</summary>
    public static void Print(string name, int first, long[] from, long[] to)
    {
        var all = Enumerable.Range(first, from.Length - first).Where(i => from[i] != 0 && to[i] != 0)
            .Select(i => Stopwatch.GetElapsedTime(from[i], to[i]).TotalMilliseconds).Order().ToArray();
        Console.WriteLine($"{name,-44}{At(0.5),9:0.0}{At(0.99),9:0.0}{At(0.999),9:0.0}{At(1),9:0.0} ms {all.Length,9:N0} of {from.Length - first:N0}");

        double At(double part) => all is [] ? double.NaN : all[(int)Math.Min(all.Length * part, all.Length - 1)];
    }
}
