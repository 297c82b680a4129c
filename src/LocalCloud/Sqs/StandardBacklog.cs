namespace LocalCloud.Sqs;

/// <summary>
/// First in, first out as far as it goes: a message that comes back queues up again at the end. And fair: the messages of a group
/// that keeps the consumers busy wait for those of quiet groups. A message without a group is always a quiet one.
/// </summary>
internal sealed class StandardBacklog : Backlog
{
    private readonly LinkedList<Message> _visible = new();
    private readonly Dictionary<string, Tenant> _tenants = new(StringComparer.Ordinal);
    private readonly List<Tenant> _waiting = [];
    private readonly RecentDeliveries _recent = new();
    private int _inFlight;

    public override void Add(Message message)
    {
        if (message.State == MessageState.Visible)
        {
            Append(message);
        }
    }

    public override Message? Peek()
    {
        SetNoisyAside();
        var first = _visible.First?.Value;
        Tenant? noisy = null;
        foreach (var tenant in _waiting)
        {
            if (!IsNoisy(tenant))
            {
                // What was set aside is older than what came since, unless it has been handed out in between.
                first = first is null || tenant.Aside.First!.Value.Key < first.Key ? tenant.Aside.First!.Value : first;
            }
            else if (noisy is null || tenant.InFlight < noisy.InFlight)
            {
                noisy = tenant;
            }
        }

        return first ?? noisy?.Aside.First!.Value;
    }

    public override void Take(Message message)
    {
        Leave(message);
        _inFlight++;
        if (message.GroupId is { } group)
        {
            if (!_tenants.TryGetValue(group, out var tenant))
            {
                _tenants.Add(group, tenant = new Tenant());
            }

            tenant.InFlight++;
            tenant.Recent++;
        }

        Forget(_recent.Add(message.GroupId));
    }

    public override void EndReceive()
    {
    }

    public override bool Release(Message message, MessageState before)
    {
        Land(message, before);
        Append(message);
        return true;
    }

    public override bool Remove(Message message, MessageState before)
    {
        Land(message, before);
        if (before == MessageState.Visible)
        {
            Leave(message);
        }

        return false;
    }

    private bool IsNoisy(Tenant tenant) => IsMost(tenant.InFlight, _inFlight) || IsMost(tenant.Recent, _recent.Count);

    // AWS: more than a tenth of all and about 30 at least. Less here, where queues are shorter: the messages of one receive.
    private static bool IsMost(int own, int all) => own >= Limits.BatchEntries && own * 10L > all;

    private void SetNoisyAside()
    {
        while (_visible.First is { Value.GroupId: { } group } first && _tenants.TryGetValue(group, out var tenant) && IsNoisy(tenant))
        {
            _visible.RemoveFirst();
            tenant.Aside.AddLast(first);
            if (tenant.Aside.Count == 1)
            {
                _waiting.Add(tenant);
            }
        }
    }

    private void Append(Message message)
    {
        message.Place ??= new LinkedListNode<Message>(message);
        _visible.AddLast(message.Place);
    }

    private void Leave(Message message)
    {
        var list = message.Place!.List!;
        list.Remove(message.Place);
        if (list.Count == 0 && !ReferenceEquals(list, _visible))
        {
            _waiting.Remove(_tenants[message.GroupId!]);
        }
    }

    private void Land(Message message, MessageState before)
    {
        if (before != MessageState.InFlight)
        {
            return;
        }

        _inFlight--;
        if (message.GroupId is { } group)
        {
            _tenants[group].InFlight--;
            Drop(group);
        }
    }

    private void Forget(string? group)
    {
        if (group is not null)
        {
            _tenants[group].Recent--;
            Drop(group);
        }
    }

    private void Drop(string group)
    {
        if (_tenants[group] is { InFlight: 0, Recent: 0, Aside.Count: 0 })
        {
            _tenants.Remove(group);
        }
    }

    private sealed class Tenant
    {
        public LinkedList<Message> Aside { get; } = new();

        public int InFlight { get; set; }

        /// <summary>How many of the last deliveries were its messages.</summary>
        public int Recent { get; set; }
    }
}
