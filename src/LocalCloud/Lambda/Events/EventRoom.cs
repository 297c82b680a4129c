namespace LocalCloud.Lambda.Events;

/// <summary>Bounds the asynchronous invocations that wait or run, of all functions together.</summary>
internal sealed class EventRoom
{
    private readonly Lock _gate = new();
    private int _events;
    private long _bytes;

    public bool TryEnter(int bytes)
    {
        lock (_gate)
        {
            if (_events >= Limits.LambdaEvents || _bytes + bytes > Limits.LambdaEventBytes)
                return false;
            _events++;
            _bytes += bytes;
            return true;
        }
    }

    public void Leave(int bytes)
    {
        lock (_gate)
        {
            _events--;
            _bytes -= bytes;
        }
    }
}
