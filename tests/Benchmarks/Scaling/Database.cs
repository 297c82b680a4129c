namespace Benchmarks.Scaling;

/// <summary>
/// A database under load, by N. Gunther's Universal Scalability Law: transactions wait for each other (contention) and pay for agreeing with each other
/// (coherency), so that from some point on more of them at a time get less done.
/// </summary>
/// <param name="Alone">Transactions a second where one runs at a time.</param>
/// <param name="Contention">The part that cannot run side by side, 0 to 1.</param>
/// <param name="Coherency">The cost of each pair that runs side by side.</param>
internal sealed record Database(double Alone, double Contention, double Coherency)
{
    /// <summary>Transactions at a time with which it does most.</summary>
    public int Best => (int)Math.Round(Math.Sqrt((1 - Contention) / Coherency));

    /// <summary>Transactions a second with so many at a time.</summary>
    public double Throughput(double concurrency) => concurrency <= 0
        ? 0
        : Alone * concurrency / (1 + (Contention * (concurrency - 1)) + (Coherency * concurrency * (concurrency - 1)));
}
