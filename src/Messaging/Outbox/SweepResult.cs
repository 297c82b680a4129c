namespace Messaging.Outbox;

/// <summary>What a sweep did.</summary>
/// <param name="Published">Messages that are out.</param>
/// <param name="Waiting">Messages that it saw and left: they failed, or wait behind one of their key.</param>
/// <param name="Parked">Messages that it gave up.</param>
public readonly record struct SweepResult(int Published, int Waiting, int Parked)
{
    internal static SweepResult Sum(IEnumerable<SweepResult> results) =>
        results.Aggregate(default(SweepResult), static (sum, one) => new(sum.Published + one.Published, sum.Waiting + one.Waiting, sum.Parked + one.Parked));
}
