namespace Messaging.Publishing;

/// <summary>A message that waits for others. It is prepared once, when its first batch leaves.</summary>
internal sealed class BatchedMessage(OutgoingMessage message, PrepareMessage? prepare, TimeProvider time)
{
    private readonly Lazy<Task<(List<OutgoingMessage> Prepared, List<PublishFailure> Failures)>> _prepared =
        new(() => Preparation.PrepareAsync([message], prepare, time.GetUtcNow(), CancellationToken.None));

    public string Id => message.Id;

    public string Key => message.Key;

    /// <summary>A timestamp of the clock.</summary>
    public long Since { get; } = time.GetTimestamp();

    public int Bytes { get; } = message.Bytes;

    /// <summary>What a destination gets, or why it gets nothing.</summary>
    public async Task<(Outbound? Outbound, PublishFailure? Failure)> PrepareAsync(string destination)
    {
        var (prepared, failures) = await _prepared.Value.ConfigureAwait(false);
        return prepared is [var ready] ? (ready.ToOutbound(), null) : (null, failures.First(f => f.Destination == destination));
    }
}
