namespace LocalCloud.Sqs;

/// <summary>The long polls that wait for a queue, first come first served. Not thread-safe: the queue's lock guards it.</summary>
internal sealed class Waiters
{
    private readonly LinkedList<TaskCompletionSource> _waiting = new();

    public bool Any => _waiting.First is not null;

    public LinkedListNode<TaskCompletionSource> Add() => _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Remove(LinkedListNode<TaskCompletionSource> waiter)
    {
        if (waiter.List is not null)
        {
            _waiting.Remove(waiter);
        }
    }

    public void WakeOne()
    {
        if (_waiting.First is { } first)
        {
            _waiting.Remove(first);
            first.Value.TrySetResult();
        }
    }

    public void WakeAll()
    {
        while (Any)
        {
            WakeOne();
        }
    }
}
