using LocalCloud.Http;

namespace LocalCloud.Accounting;

/// <summary>Counts calls by service and action. Safe for concurrent use.</summary>
internal sealed class RequestLedger
{
    /// <summary>What SQS and SNS bill as one request.</summary>
    public const int ChunkBytes = 64 * 1024;

    private volatile ByAction<Account> _accounts = new(() => new());

    /// <param name="service">As in signatures.</param>
    /// <param name="action">As in the service's model; null when the call named none.</param>
    /// <param name="payload">Bytes of messages and their attributes, in or out.</param>
    /// <param name="failed">Whether the answer is an error.</param>
    public void Add(string service, string? action, long payload, bool failed) =>
        _accounts.Get(service, action).Add(Math.Max(1, (payload + ChunkBytes - 1) / ChunkBytes), failed);

    public RequestCounts Read() => new([.. _accounts.All.Select(entry => entry.Value.Read(entry.Of.Service, entry.Of.Action))]);

    public void Clear() => _accounts = new(() => new());

    private sealed class Account
    {
        private long _calls;
        private long _failed;
        private long _billed;

        public void Add(long billed, bool failed)
        {
            Interlocked.Increment(ref _calls);
            Interlocked.Add(ref _billed, billed);
            if (failed)
            {
                Interlocked.Increment(ref _failed);
            }
        }

        public RequestCount Read(string service, string action) => new(service, action, Interlocked.Read(ref _calls), Interlocked.Read(ref _failed), Interlocked.Read(ref _billed));
    }
}
