namespace LocalCloud.Sqs;

/// <summary>A redrive: moves the messages of a dead-letter queue to another queue, or back to where they came from.</summary>
internal sealed class MoveTask : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly SqsService _sqs;
    private ITimer? _timer;

    public MoveTask(SqsService sqs, Queue source, Queue? destination, int? perSecond)
    {
        (_sqs, Source, Destination, PerSecond) = (sqs, source, destination, perSecond);
        StartedAt = source.Now;
        ToMove = source.Count().Visible;
    }

    public Guid Id { get; } = Guid.NewGuid();

    public Queue Source { get; }

    /// <summary>Null moves each message back to the queue it came from.</summary>
    public Queue? Destination { get; }

    /// <summary>As it was asked for; null leaves the pace to the service.</summary>
    public int? PerSecond { get; }

    /// <summary>Milliseconds since 1970.</summary>
    public long StartedAt { get; }

    /// <summary>How many messages were there at the start.</summary>
    public int ToMove { get; }

    public int Moved { get; private set; }

    /// <summary>RUNNING, COMPLETED, CANCELLED or FAILED.</summary>
    public string Status { get; private set; } = "RUNNING";

    public string? FailureReason { get; private set; }

    public void Start() => _timer = _sqs.Time.CreateTimer(static task => ((MoveTask)task!).Move(), this, TimeSpan.Zero, Step);

    /// <returns>Whether it was still running.</returns>
    public bool Cancel()
    {
        lock (_gate)
        {
            var running = Status == "RUNNING";
            End(running ? "CANCELLED" : Status);
            return running;
        }
    }

    public void Dispose() => _timer?.Dispose();

    // A new id and a new age: the message starts anew. Its old id keeps a FIFO queue from taking it for a duplicate.
    private static Message Anew(Message message, long now) => new()
    {
        Body = message.Body,
        Attributes = message.Attributes,
        TraceHeader = message.TraceHeader,
        GroupId = message.GroupId,
        DeduplicationId = message.DeduplicationId is null ? null : $"{message.Id}",
        SenderId = message.SenderId,
        SentAt = now,
    };

    private void Move()
    {
        lock (_gate)
        {
            if (Status != "RUNNING")
            {
                // The first step may end the task before Start has the timer in hand.
                _timer?.Dispose();
                return;
            }

            var elapsed = Source.Now - StartedAt;
            var due = Math.Max(1, elapsed * (PerSecond ?? Limits.MovedPerSecond) / 1000) - Moved;
            foreach (var message in Source.TakeOut((int)Math.Min(due, Limits.MovedPerSecond)))
            {
                var target = Destination ?? (message.DeadLetterSourceArn is { } arn ? _sqs.FindByArn(arn) : null);
                var key = message.Key;
                if (Status == "RUNNING" && target?.TryAccept(Anew(message, Source.Now), Source, key) == true)
                {
                    Moved++;
                }
                else
                {
                    Source.TryAccept(message, Source, key);
                    FailureReason = "CouldNotDetermineMessageSource";
                    End("FAILED");
                }

                _sqs.Journal?.EndMove();
            }

            if (Status == "RUNNING" && Source.Count().Visible == 0)
            {
                End("COMPLETED");
            }
        }
    }

    private void End(string status)
    {
        Status = status;
        _timer?.Dispose();
    }
}
