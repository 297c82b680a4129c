using LocalCloud.Faults;

namespace LocalCloud.Sqs;

/// <content>What a standard queue may do to a message on purpose: hold it back, give it out twice.</content>
internal sealed partial class Queue
{
    private long Disturb(Message message, long visibleAt, FaultRun faults)
    {
        var (heldBack, again) = faults.NextMessage(Name);
        if (again is { } later)
        {
            var twin = message.Twin();
            _service.Stored.Move(twin);
            Accept(twin, visibleAt + (long)later.TotalMilliseconds);
        }

        return visibleAt + (long)heldBack.TotalMilliseconds;
    }
}
