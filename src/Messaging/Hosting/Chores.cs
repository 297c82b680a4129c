namespace Messaging.Hosting;

/// <summary>What one tick of a schedule does, part by part: bounded work that goes on at the next tick.</summary>
/// <param name="chores">In the order of their urgency. One that fails, or takes all its time, keeps none of the others from running.</param>
internal sealed class Chores(IReadOnlyList<Func<CancellationToken, Task>> chores)
{
    /// <summary>Kept of Lambda's time for ending in good order.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(3);

    /// <summary>Kept for each chore that has not had its turn.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    /// <exception cref="AggregateException">Some failed; the others have had their turn.</exception>
    public async Task RunAsync(Func<TimeSpan> remaining)
    {
        var failures = new List<Exception>();
        for (var i = 0; i < chores.Count; i++)
        {
            var time = remaining() - Reserve - (Turn * (chores.Count - 1 - i));
            using var deadline = new CancellationTokenSource(time > TimeSpan.Zero ? time : TimeSpan.Zero);
            try
            {
                await chores[i](deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                // The rest waits for the next tick.
            }
#pragma warning disable CA1031 // Told when the others have had their turn.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures.Add(e);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException("The tick did not do all its chores.", failures);
    }
}
