namespace LocalCloud.Sqs;

/// <summary>Hidden messages by the time they become visible. Each message knows its place, so that leaving early costs no search and leaves nothing behind.</summary>
internal sealed class DueHeap
{
    private readonly List<Message> _heap = [];

    public Message? Next => _heap.Count == 0 ? null : _heap[0];

    public void Add(Message message)
    {
        _heap.Add(message);
        Up(_heap.Count - 1, message);
    }

    public void Remove(Message message)
    {
        var index = message.HeapIndex;
        if (index < 0)
        {
            return;
        }

        message.HeapIndex = -1;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (!ReferenceEquals(last, message))
        {
            Up(index, last);
            Down(last.HeapIndex, last);
        }
    }

    private static bool Before(Message a, Message b) => a.VisibleAt < b.VisibleAt || (a.VisibleAt == b.VisibleAt && a.Key < b.Key);

    private void Up(int index, Message message)
    {
        for (; index > 0; index = (index - 1) / 2)
        {
            var parent = _heap[(index - 1) / 2];
            if (!Before(message, parent))
            {
                break;
            }

            Put(index, parent);
        }

        Put(index, message);
    }

    private void Down(int index, Message message)
    {
        while ((2 * index) + 1 < _heap.Count)
        {
            var child = (2 * index) + 1;
            if (child + 1 < _heap.Count && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Before(_heap[child], message))
            {
                break;
            }

            Put(index, _heap[child]);
            index = child;
        }

        Put(index, message);
    }

    private void Put(int index, Message message)
    {
        _heap[index] = message;
        message.HeapIndex = index;
    }
}
