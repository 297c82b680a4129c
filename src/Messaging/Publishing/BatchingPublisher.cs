using System.Collections.Concurrent;

namespace Messaging.Publishing;

/// <summary>
/// For callers that send one message at a time, from many requests: it collects them, and ten go in one call. A batch leaves when it is full, by count or
/// by bytes, or when its oldest message has waited for <see cref="BatchingPublisherOptions.MaxAge"/>. What a process that is killed had collected is lost: what must not
/// be goes by the outbox.
/// </summary>
/// <param name="publisher">Prepares and sends.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock.</param>
public sealed class BatchingPublisher(Publisher publisher, BatchingPublisherOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<DestinationBatches>> _destinations = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _room = new(options.MaxWaiting);
    private int _closed;

    /// <summary>
    /// Sends a message to all its destinations. Messages of one key go in the order of these calls, as long as none has to wait for room.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait: for room, and then nothing is sent; for the answer, and then the message may still get out.</param>
    /// <returns>A task that ends when the message is with all its destinations.</returns>
    /// <exception cref="PublishException">It did not get to one of them, or may not have, or an earlier one of its key did not.</exception>
    /// <exception cref="ObjectDisposedException">It takes no more.</exception>
    public async Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        var failures = await SendToAllAsync(message).WaitAsync(cancellationToken).ConfigureAwait(false);
        PublishException.ThrowIfAny(failures);
    }

    /// <summary>Sends what waits, and takes no more.</summary>
    /// <returns>A task that ends when all that was taken is out or reported.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;

        foreach (var destination in _destinations.Values)
            destination.Value.Close();

        // Who has all the room is alone. Then those that wait for room are let in, to be told.
        for (var taken = 0; taken < options.MaxWaiting; taken++)
            await _room.WaitAsync().ConfigureAwait(false);
        foreach (var destination in _destinations.Values)
            destination.Value.Dispose();
        _room.Release(options.MaxWaiting);
    }

    private async Task<IReadOnlyList<PublishFailure>> SendToAllAsync(OutgoingMessage message)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_closed != 0, this);
            var batched = new BatchedMessage(message, publisher.Prepare, time);
            var failures = await Task.WhenAll(message.Destinations.Select(d => Destination(d).AddAsync(batched))).ConfigureAwait(false);
            return [.. failures.OfType<PublishFailure>()];
        }
        finally
        {
            _room.Release();
        }
    }

    private DestinationBatches Destination(string name) => _destinations.GetOrAdd(name, n => new(() => new(n, publisher, options, time))).Value;
}
