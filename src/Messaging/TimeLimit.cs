namespace Messaging;

/// <summary>A token that is cancelled when a time is over, or with another token.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _either;

    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _end = new(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _end.Dispose();
    }
}
