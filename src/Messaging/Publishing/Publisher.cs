using System.Collections.Concurrent;
using Amazon.Runtime;
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
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _calls = new(StringComparer.Ordinal);

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
        string address;
        try
        {
            address = addresses[destination];
        }
        catch (InvalidOperationException e)
        {
            return [.. messages.Select(m => new PublishFailure(m.Id, e.Message, PublishFailureCause.Destination) { Destination = destination })];
        }

        var calls = _calls.GetOrAdd(destination, static (_, most) => new(most), _options.CallsAtATime);
        var isTopic = IsTopic(address);
        var publication = new Publication(
            Entries(destination, address, isTopic ? _options.LargestTopicMessage : _options.LargestQueueMessage, messages),
            isTopic ? _options.LargestTopicMessage : PublisherOptions.LargestQueueBatch,
            batch => TrySendAsync(address, batch, calls, cancellationToken),
            _options,
            _time,
            cancellationToken);
        var failures = await publication.RunAsync().ConfigureAwait(false);
        return failures.Count == 0 ? failures : [.. failures.Select(f => f with { Destination = destination })];
    }

    private static PublicationEntry[] Entries(string destination, string address, int limit, IReadOnlyList<Outbound> messages)
    {
        var isFifo = SqsRules.IsFifo(address);
        var entries = new PublicationEntry[messages.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var message = messages[i];
            var entry = entries[i] = new(message, OutboundRules.Bytes(message));
            if (OutboundRules.Fault(message, entry.Bytes, destination, limit, isFifo) is { } fault)
                entry.Failure = new(message.Id, fault, PublishFailureCause.BadMessage);
        }

        return entries;
    }

    private async Task<IReadOnlyList<EntryFailure>> TrySendAsync(
        string address, IReadOnlyList<Outbound> batch, SemaphoreSlim calls, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(address, batch, calls, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (ErrorCodes.IsBadMessage(e.ErrorCode))
        {
            // The service names none of them: each is sent alone, so that one cannot keep the other nine back.
            return batch.Count > 1
                ? await SendEachAsync(address, batch, calls, cancellationToken).ConfigureAwait(false)
                : Failed(batch, e, ErrorCodes.IsAboutBody(e.ErrorCode) ? PublishFailureCause.BadMessage : PublishFailureCause.Message);
        }
#pragma warning disable CA1031 // Nobody knows which of them arrived: all are reported, none is lost.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(batch, e, PublishFailureCause.Destination);
        }
    }

    private async Task<IReadOnlyList<EntryFailure>> SendEachAsync(
        string address, IReadOnlyList<Outbound> batch, SemaphoreSlim calls, CancellationToken cancellationToken)
    {
        var failures = new List<EntryFailure>();
        for (var i = 0; i < batch.Count; i++)
        {
            foreach (var failed in await TrySendAsync(address, [batch[i]], calls, cancellationToken).ConfigureAwait(false))
                failures.Add(failed with { Index = i });
            if (failures is [.., { Failure: { Cause: PublishFailureCause.Destination } away }])
                return [.. failures, .. batch.Skip(i + 1).Select((m, j) => new EntryFailure(i + 1 + j, away with { MessageId = m.Id }, MayPass: false))];
        }

        // What is refused whatever the message is not the messages' fault.
        return failures.Count == batch.Count && failures.TrueForAll(f => f.Failure.Cause == PublishFailureCause.Message)
            ? [.. failures.Select(f => f with { Failure = f.Failure with { Cause = PublishFailureCause.Destination } })]
            : failures;
    }

    private async Task<IReadOnlyList<EntryFailure>> SendAsync(
        string address, IReadOnlyList<Outbound> batch, SemaphoreSlim calls, CancellationToken cancellationToken)
    {
        // Throws if it is cancelled already; the client may have begun to send by the time it looks.
        await calls.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await (IsTopic(address)
                ? TopicBatch.SendAsync(sns, address, batch, cancellationToken)
                : QueueBatch.SendAsync(sqs, address, batch, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            calls.Release();
        }
    }

    private static IReadOnlyList<EntryFailure> Failed(IReadOnlyList<Outbound> batch, Exception exception, PublishFailureCause cause)
    {
        var reason = $"{exception.GetType().Name}: {exception.Message}";
        return [.. batch.Select((m, i) => new EntryFailure(i, new(m.Id, reason, cause), MayPass: false))];
    }

    private static bool IsTopic(string address) => address.StartsWith("arn:", StringComparison.Ordinal);
}
