using Messaging.Telemetry;

namespace Messaging.Consuming;

/// <summary>
/// One run of a lane: deliveries of one message group, in order, or a single one of a standard queue. While a handler has a message, two may want to say
/// what becomes of it: the handler, when it ends, and whoever waits for it no longer. One exchange tells which of them does; the other says nothing.
/// </summary>
/// <param name="deliveries">In the order of the queue.</param>
/// <param name="stop">Cancels the handler that runs. What has not started goes back.</param>
/// <param name="abandoned">Cancels what is being carried out, once nobody waits for it.</param>
internal sealed class LaneRun(IReadOnlyList<Delivery> deliveries, CancellationToken stop, CancellationToken abandoned)
{
    private volatile Step _step;
    private Delivery? _begun;

    private enum Step
    {
        OutsideHandler,
        InHandler,
        Abandoned,
    }

    public IReadOnlyList<Delivery> Deliveries => deliveries;

    public CancellationToken Stop => stop;

    public CancellationToken Abandoned => abandoned;

    /// <summary>True where the handler is cancelled because the process ends: the message is not at fault, and no attempt is counted.</summary>
    public bool IsCutShort { get; set; }

    /// <summary>True once nobody waits: from then on nothing is sent and nothing settled.</summary>
    public bool IsAbandoned => _step == Step.Abandoned || abandoned.IsCancellationRequested;

    /// <summary>The envelope's id of the message that a handler got last.</summary>
    public string? EventId { get; private set; }

    /// <summary>Its telemetry, if anybody listens.</summary>
    public Processing? Processing { get; private set; }

    /// <summary>The message whose handler was running when the run was abandoned: whoever abandoned it says what becomes of it.</summary>
    public Delivery? Unfinished { get; private set; }

    /// <summary>True once the handler got it: what is thrown from then on is the handler's failure, and not the message's.</summary>
    public bool HasBegun(Delivery delivery) => _begun == delivery;

    /// <summary>Hands a message to the handler. False where nobody waits any more: then the handler must not get it.</summary>
    public bool TryBegin(Delivery delivery, string eventId, Processing? processing)
    {
        (_begun, EventId, Processing) = (delivery, eventId, processing);
        return Interlocked.CompareExchange(ref _step, Step.InHandler, Step.OutsideHandler) == Step.OutsideHandler;
    }

    /// <summary>The message has its verdict. False where the run was abandoned before: then the verdict counts for nothing.</summary>
    public bool TryEnd() => Interlocked.CompareExchange(ref _step, Step.OutsideHandler, Step.InHandler) != Step.Abandoned;

    /// <summary>Nobody waits any more.</summary>
    public void Abandon()
    {
        if (Interlocked.Exchange(ref _step, Step.Abandoned) == Step.InHandler)
            Unfinished = _begun;
    }
}
