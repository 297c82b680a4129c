using System.Collections.Concurrent;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace Messaging.Publishing;

/// <summary>Sends messages to topics and queues in full batches, in order per key, and tells of each one that did not get out.</summary>
/// <param name="sqs">For queues.</param>
/// <param name="sns">For topics.</param>
/// <param name="addresses">Where destinations are.</param>
/// <param name="options">Limits; null for the defaults.</param>
/// <param name="time">The clock for pauses; null for the system's.</param>
public sealed class Publisher(
    IAmazonSQS sqs, IAmazonSimpleNotificationService sns, DestinationAddresses addresses, PublisherOptions? options = null, TimeProvider? time = null)
{
    private readonly PublisherOptions _options = options ?? new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, DestinationCalls> _calls = new(StringComparer.Ordinal);

    /// <summary>
    /// Encrypts messages and puts large ones elsewhere, before they are sent by <see cref="PublishAsync(IReadOnlyList{OutgoingMessage}, CancellationToken)"/>;
    /// those of an outbox are prepared before they are written. Null leaves them as they are.
    /// </summary>
    public PrepareMessage? Prepare { get; init; }

    /// <summary>
    /// Sends messages to all their destinations, without an outbox: for a sender that has nothing to commit with them. Tries all before it throws.
    /// </summary>
    /// <param name="messages">In the order that each key's messages must keep.</param>
    /// <param name="cancellationToken">Stops between and in calls; what was not known to arrive is named in the exception.</param>
    /// <returns>A task that ends when all are out.</returns>
    /// <exception cref="PublishException">Some did not get out, or may not have. It names each, with its destination.</exception>
    public async Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        var (prepared, failures) = await Preparation.PrepareAsync(messages, Prepare, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var byDestination = prepared.SelectMany(m => m.Destinations, (m, d) => (Destination: d, Message: m.ToOutbound())).GroupBy(m => m.Destination, m => m.Message, StringComparer.Ordinal);
        var sent = await Task.WhenAll(byDestination.Select(g => PublishAsync(g.Key, [.. g], cancellationToken))).ConfigureAwait(false);
        PublishException.ThrowIfAny([.. failures, .. sent.SelectMany(f => f)]);
    }

    /// <summary>The same for one message.</summary>
    /// <inheritdoc cref="PublishAsync(IReadOnlyList{OutgoingMessage}, CancellationToken)"/>
    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellationToken) => PublishAsync([message], cancellationToken);

    /// <summary>
    /// Sends messages to one destination. A message is not tried after an earlier one of its key failed, and none after the destination failed. One that
    /// the service refuses for now is sent again, <see cref="PublisherOptions.Tries"/> times in all.
    /// </summary>
    /// <param name="destination">The logical name.</param>
    /// <param name="messages">In the order that each key's messages must keep.</param>
    /// <param name="cancellationToken">Stops between and in calls; what was not known to arrive is reported as failed.</param>
    /// <returns>The messages that did not get out, or may not have, in their order: send those again.</returns>
    public async Task<IReadOnlyList<PublishFailure>> PublishAsync(string destination, IReadOnlyList<Outbound> messages, CancellationToken cancellationToken)
    {
        DestinationCalls calls;
        try
        {
            calls = CallsTo(destination);
        }
        catch (InvalidOperationException e)
        {
            return [.. messages.Select(m => new PublishFailure(m.Id, e.Message, PublishFailureCause.Destination) { Destination = destination })];
        }

        var entries = PublicationEntry.Of(messages, destination, calls);
        var failures = await new Publication(entries, calls, _options, _time, cancellationToken).RunAsync().ConfigureAwait(false);
        return failures.Count == 0 ? failures : [.. failures.Select(f => f with { Destination = destination })];
    }

    /// <summary>Bytes of all messages of a call to a destination.</summary>
    internal int LargestBatch(string destination)
    {
        try
        {
            return CallsTo(destination).LargestBatch;
        }
        catch (InvalidOperationException)
        {
            // Told when something is sent there.
            return _options.LargestTopicMessage;
        }
    }

    private DestinationCalls CallsTo(string destination) =>
        _calls.GetOrAdd(addresses[destination], static (address, it) => new(it.Sqs, it.Sns, address, it.Options), (Sqs: sqs, Sns: sns, Options: _options));
}
