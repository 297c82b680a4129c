namespace LocalCloud.Sqs;

/// <content>Time: messages that hide, come back and grow too old. All of it runs under the lock.</content>
internal sealed partial class Queue
{
    private void Hide(Message message, MessageState state, long until)
    {
        Count(message.State, -1);
        message.State = state;
        Count(state, 1);
        message.VisibleAt = until;
        _hidden.Add(message);
    }

    // For good: deleted or too old. What moves to another queue is only forgotten here and recorded there.
    private void Drop(Message message)
    {
        Forget(message);
        _service.Journal?.Removed(this, message);
    }

    private void Forget(Message message)
    {
        _hidden.Remove(message);
        _messages.Remove(message.Key);
        _byAge.Remove(message.AgePlace!);
        _service.Stored.Remove(message);
        var before = message.State;
        Count(before, -1);
        message.State = MessageState.Gone;
        if (_backlog.Remove(message, before))
        {
            Wake();
        }
    }

    // Brings the queue up to now: what was hidden for long enough is visible again, what is too old is gone.
    private void Settle()
    {
        var now = Now;
        while (_hidden.Next is { } message && message.VisibleAt <= now)
        {
            _hidden.Remove(message);
            var before = message.State;
            Count(before, -1);
            message.State = MessageState.Visible;
            if (_backlog.Release(message, before))
            {
                Wake();
            }
        }

        while (_byAge.First?.Value is { } oldest && IsTooOld(oldest, now))
        {
            Drop(oldest);
        }
    }

    private bool IsTooOld(Message message, long now) => message.SentAt <= now - (Settings.MessageRetentionPeriod * 1000L);

    private void Count(MessageState state, int change)
    {
        _inFlight += state == MessageState.InFlight ? change : 0;
        _delayed += state == MessageState.Delayed ? change : 0;
    }

    private void Wake()
    {
        _waiters.WakeOne();
        SetTimer();
    }

    // The timer only runs while somebody waits: everybody else settles the queue on the way in.
    private void SetTimer()
    {
        if (_closed || !_waiters.Any || _hidden.Next is not { } next || next.VisibleAt >= _timerDue)
        {
            return;
        }

        _timerDue = next.VisibleAt;
        _timer ??= _time.CreateTimer(static queue => ((Queue)queue!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, next.VisibleAt - Now)), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _timerDue = long.MaxValue;
            Settle();
            SetTimer();
        }
    }
}
