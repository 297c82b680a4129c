namespace LocalCloud.DynamoDb.Tables;

/// <summary>Remembers for ten minutes which transactions were done, so that one that is sent again is not done again.</summary>
internal sealed class TransactionTokens
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);
    private readonly Queue<(string Token, DateTimeOffset Until)> _order = new();

    /// <returns>Whether the same transaction was done under this token.</returns>
    /// <exception cref="Http.ServiceException">Another one was.</exception>
    public bool WasDone(string token, string digest, DateTimeOffset now)
    {
        while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count >= Limits.TransactionTokens))
        {
            _digests.Remove(_order.Dequeue().Token);
        }

        return _digests.TryGetValue(token, out var done) && (done == digest ? true : throw DynamoDbError.IdempotentMismatch());
    }

    public void Done(string token, string digest, DateTimeOffset now)
    {
        _digests[token] = digest;
        _order.Enqueue((token, now + Memory));
    }
}
