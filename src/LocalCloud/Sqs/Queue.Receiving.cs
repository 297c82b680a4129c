namespace LocalCloud.Sqs;

/// <content>Receiving: what leaves the queue, and who waits for it.</content>
internal sealed partial class Queue
{
    /// <summary>Messages, as soon as there are any, or none when the wait is over, the client has gone or the service stops.</summary>
    /// <exception cref="Http.ServiceException">The queue does not exist any more, or has too many messages in flight.</exception>
    public async ValueTask<IReadOnlyList<Received>> ReceiveAsync(ReceiveRequest request, CancellationToken ct)
    {
        var deadline = Now + ((request.WaitSeconds ?? Settings.ReceiveMessageWaitTimeSeconds) * 1000L);
        while (true)
        {
            List<Message> dead = [];
            List<Received> received;
            LinkedListNode<TaskCompletionSource>? waiter = null;
            try
            {
                lock (_gate)
                {
                    if (_deleted)
                    {
                        throw SqsError.QueueDoesNotExist();
                    }

                    if (ct.IsCancellationRequested)
                    {
                        // Whoever woke this poll meant someone who can still be served.
                        _waiters.WakeOne();
                        return [];
                    }

                    received = Take(request, dead);
                    if (received.Count == 0 && !_closed && Now < deadline)
                    {
                        waiter = _waiters.Add();
                        SetTimer();
                    }
                }
            }
            finally
            {
                Redrive(dead);
            }

            if (waiter is null)
            {
                return received;
            }

            await WaitAsync(waiter, deadline, ct);
        }
    }

    /// <summary>Takes the oldest visible messages out of the queue, for a redrive task, which ends each one's move.</summary>
    public List<Message> TakeOut(int count)
    {
        List<Message> taken = [];
        lock (_gate)
        {
            Settle();
            while (taken.Count < count && _backlog.Peek() is { } message)
            {
                Leave(message);
                taken.Add(message);
            }

            _backlog.EndReceive();
        }

        return taken;
    }

    private List<Received> Take(ReceiveRequest request, List<Message> dead)
    {
        Settle();
        var now = Now;
        var until = now + ((request.VisibilitySeconds ?? Settings.VisibilityTimeout) * 1000L);
        if (request.AttemptId is { } id && _attempts.Find(id, now) is { } earlier)
        {
            foreach (var again in earlier)
            {
                _hidden.Remove(again.Message);
                again.Message.VisibleAt = until;
                _hidden.Add(again.Message);
                _service.Journal?.Changed(this, again.Message);
            }

            return earlier;
        }

        List<Received> received = [];
        var limit = Settings.RedrivePolicy is { } policy && _service.FindByArn(policy.DeadLetterTargetArn) is not null ? policy.MaxReceiveCount : int.MaxValue;
        while (received.Count < request.Count && _backlog.Peek() is { } message)
        {
            if (IsTooOld(message, now))
            {
                Drop(message);
            }
            else if (message.ReceiveCount >= limit)
            {
                Leave(message);
                dead.Add(message);
            }
            else if (_inFlight >= Limits.InFlight)
            {
                break;
            }
            else
            {
                received.Add(Hand(message, now, until));
            }
        }

        _backlog.EndReceive();
        if (received.Count == 0 && !Settings.IsFifo && _inFlight >= Limits.InFlight)
        {
            throw SqsError.OverLimit($"Queue {Name} has {Limits.InFlight} messages in flight, the most it may. Delete messages that were processed.");
        }

        if (request.AttemptId is { } attempt && received.Count > 0)
        {
            _attempts.Remember(attempt, received, now);
            _service.Journal?.Attempted(this, attempt, now + ReceiveAttempts.Window, received);
        }

        // A visibility timeout of 0 s leaves nothing hidden: let the next poll have it.
        Settle();
        SetTimer();
        return received;
    }

    private Received Hand(Message message, long now, long until)
    {
        message.ReceiveCount++;
        message.FirstReceivedAt ??= now;
        message.LastReceivedAt = now;
        message.VisibilityChanged = false;
        message.Receipt = ++_lastReceipt;
        _backlog.Take(message);
        Hide(message, MessageState.InFlight, until);
        _service.Journal?.Changed(this, message);
        return new Received(message, new ReceiptHandle(Key, message.Key, message.Receipt).ToString(), message.ReceiveCount, message.FirstReceivedAt.Value);
    }

    // Goes to another queue, where its arrival will be recorded.
    private void Leave(Message message)
    {
        _service.Journal?.BeginMove();
        Forget(message);
    }

    // Outside the lock: the dead-letter queue has one of its own, and two queues may be each other's.
    private void Redrive(List<Message> dead)
    {
        foreach (var message in dead)
        {
            var target = Settings.RedrivePolicy is { } policy ? _service.FindByArn(policy.DeadLetterTargetArn) : null;
            var key = message.Key;
            if (target?.TryAccept(DeadLetter.Of(message, this), this, key) != true)
            {
                TryAccept(message, this, key);
            }

            _service.Journal?.EndMove();
        }
    }

    private async Task WaitAsync(LinkedListNode<TaskCompletionSource> waiter, long deadline, CancellationToken ct)
    {
        var wait = TimeSpan.FromMilliseconds(Math.Max(1, deadline - Now));
        await using (_time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter.Value, wait, Timeout.InfiniteTimeSpan))
        await using (ct.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter.Value))
        {
            await waiter.Value.Task;
        }

        lock (_gate)
        {
            _waiters.Remove(waiter);
        }
    }
}
