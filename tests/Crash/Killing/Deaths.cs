namespace Crash.Killing;

/// <summary>A process that died as it was told.</summary>
internal readonly record struct Death(string Victim, string Point, DateTimeOffset At);

/// <summary>Who died where, and which orders nobody came by. All of it is safe to use from several threads.</summary>
internal sealed class Deaths(int wanted)
{
    private const int BookingsPerDeath = 2;
    private const int First = 4;

    private readonly Lock _gate = new();
    private readonly List<Death> _deaths = [];
    private readonly List<(string Victim, string Point)> _withdrawn = [];
    private int _pending;
    private int _limit;
    private bool _isEnding;

    public int Count
    {
        get
        {
            lock (_gate)
                return _deaths.Count;
        }
    }

    /// <summary>True when this round has all its deaths.</summary>
    public bool IsRoundOver
    {
        get
        {
            lock (_gate)
                return _isEnding || _deaths.Count >= _limit;
        }
    }

    public IReadOnlyList<Death> All
    {
        get
        {
            lock (_gate)
                return [.. _deaths];
        }
    }

    public IReadOnlyList<(string Victim, string Point)> Withdrawn
    {
        get
        {
            lock (_gate)
                return [.. _withdrawn];
        }
    }

    /// <summary>Nobody else is told to die.</summary>
    public void End()
    {
        lock (_gate)
            _isEnding = true;
    }

    /// <summary>Lets so many more die; false where all have.</summary>
    public bool TryBeginRound(int most)
    {
        lock (_gate)
        {
            if (_isEnding || _deaths.Count >= wanted)
                return false;
            _limit = Math.Min(wanted, _deaths.Count + most);
            return true;
        }
    }

    /// <summary>
    /// False while as many orders are given as may still die, or while too little was done since the last deaths: on a slow machine nobody would get
    /// anything done between two of them.
    /// </summary>
    /// <param name="accepted">The bookings that were accepted so far.</param>
    public bool MayGive(int accepted)
    {
        lock (_gate)
            return !_isEnding && _deaths.Count + _pending < Math.Min(_limit, First + (accepted / BookingsPerDeath));
    }

    /// <summary>An order is given.</summary>
    public void Reserve()
    {
        lock (_gate)
            _pending++;
    }

    public void Add(Death death)
    {
        lock (_gate)
        {
            _pending--;
            _deaths.Add(death);
        }
    }

    /// <summary>The order was taken back: nobody had come by.</summary>
    public void Withdraw(string victim, string point)
    {
        lock (_gate)
        {
            _pending--;
            _withdrawn.Add((victim, point));
        }
    }
}
