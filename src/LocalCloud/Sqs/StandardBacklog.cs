namespace LocalCloud.Sqs;

/// <summary>First in, first out as far as it goes: a message that comes back queues up again at the end.</summary>
internal sealed class StandardBacklog : Backlog
{
    private readonly LinkedList<Message> _visible = new();

    public override void Add(Message message)
    {
        if (message.State == MessageState.Visible)
        {
            Append(message);
        }
    }

    public override Message? Peek() => _visible.First?.Value;

    public override void Take(Message message) => _visible.Remove(message.Place!);

    public override void EndReceive()
    {
    }

    public override bool Release(Message message, MessageState before)
    {
        Append(message);
        return true;
    }

    public override bool Remove(Message message, MessageState before)
    {
        if (before == MessageState.Visible)
        {
            _visible.Remove(message.Place!);
        }

        return false;
    }

    private void Append(Message message)
    {
        message.Place ??= new LinkedListNode<Message>(message);
        _visible.AddLast(message.Place);
    }
}
