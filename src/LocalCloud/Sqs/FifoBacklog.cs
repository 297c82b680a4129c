namespace LocalCloud.Sqs;

/// <summary>Strict order within a message group; a group is blocked while one of its messages is in flight.</summary>
internal sealed class FifoBacklog : Backlog
{
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly LinkedList<Group> _open = new();
    private Group? _receiving;

    public override void Add(Message message)
    {
        if (!_groups.TryGetValue(message.GroupId!, out var group))
        {
            _groups.Add(message.GroupId!, group = new Group());
        }

        message.Place = group.Messages.AddLast(message);
        Sort(group);
    }

    public override Message? Peek()
    {
        // A receive goes on with the group it has begun: as many messages of one group as possible, in order.
        if (_receiving?.NextVisible() is { } next)
        {
            return next;
        }

        EndReceive();
        return _open.First?.Value.NextVisible();
    }

    public override void Take(Message message)
    {
        _receiving = _groups[message.GroupId!];
        _receiving.InFlight++;
        Sort(_receiving);
    }

    public override void EndReceive() => _receiving = null;

    public override bool Release(Message message, MessageState before)
    {
        var group = _groups[message.GroupId!];
        group.InFlight -= before == MessageState.InFlight ? 1 : 0;
        return Sort(group);
    }

    public override bool Remove(Message message, MessageState before)
    {
        var group = _groups[message.GroupId!];
        group.InFlight -= before == MessageState.InFlight ? 1 : 0;
        group.Messages.Remove(message.Place!);
        if (group.Messages.Count == 0)
        {
            _groups.Remove(message.GroupId!);
        }

        return Sort(group);
    }

    // Puts the group where it belongs and tells whether it has just become open.
    private bool Sort(Group group)
    {
        var open = group.InFlight == 0 && group.Messages.First?.Value.State == MessageState.Visible;
        if (open == (group.Place.List is not null))
        {
            return false;
        }

        if (open)
        {
            _open.AddLast(group.Place);
        }
        else
        {
            _open.Remove(group.Place);
        }

        return open;
    }

    private sealed class Group
    {
        public Group() => Place = new LinkedListNode<Group>(this);

        public LinkedList<Message> Messages { get; } = new();

        public LinkedListNode<Group> Place { get; }

        public int InFlight { get; set; }

        // Messages in flight come first: nothing overtakes within a group.
        public Message? NextVisible()
        {
            var node = Messages.First;
            while (node?.Value.State == MessageState.InFlight)
            {
                node = node.Next;
            }

            return node?.Value.State == MessageState.Visible ? node.Value : null;
        }
    }
}
