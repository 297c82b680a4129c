namespace LocalCloud.Sqs;

/// <summary>The groups of the last hundred deliveries of a standard queue: who kept its consumers busy lately. Not thread-safe.</summary>
internal sealed class RecentDeliveries
{
    private const int Most = 100;

    private readonly string?[] _groups = new string?[Most];
    private int _next;

    public int Count { get; private set; }

    /// <summary>Notes a delivery and gives the group of the one that falls out of sight, if it had one.</summary>
    public string? Add(string? group)
    {
        var oldest = _groups[_next];
        _groups[_next] = group;
        _next = (_next + 1) % Most;
        Count = Math.Min(Count + 1, Most);
        return oldest;
    }
}
