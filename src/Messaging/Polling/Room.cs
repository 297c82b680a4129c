namespace Messaging.Polling;

/// <summary>Slots for messages: what is not free is not asked for.</summary>
#pragma warning disable CA1001 // A handler that was given up frees its slot after the worker has ended; without a wait handle there is nothing to dispose.
internal sealed class Room(int size, TimeProvider time)
#pragma warning restore CA1001
{

    // A receive for one message costs as much as one for ten: where little is free, a moment more may free some.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private readonly SemaphoreSlim _free = new(size, size);
    private readonly int _enough = (Math.Min(size, SqsRules.LargestBatch) + 1) / 2;

    /// <summary>Waits until something is free, and takes as much of it as one receive can fill.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is taken.</exception>
    public async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        var taken = TakeMore(1);
        if (taken >= _enough)
            return taken;

        using var gathering = new TimeLimit(Gathering, time, cancellationToken);
        try
        {
            while (taken < _enough)
            {
                await _free.WaitAsync(gathering.Token).ConfigureAwait(false);
                taken = TakeMore(taken + 1);
            }
        }
        catch (OperationCanceledException)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Free(taken);
                throw;
            }
        }

        return taken;
    }

    public void Free(int count)
    {
        if (count > 0)
            _free.Release(count);
    }

    private int TakeMore(int taken)
    {
        while (taken < SqsRules.LargestBatch && _free.Wait(0))
            taken++;
        return taken;
    }
}
