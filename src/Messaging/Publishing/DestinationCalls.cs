using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace Messaging.Publishing;

/// <summary>The calls to one topic or queue, some at a time.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for has nothing to dispose.
internal sealed class DestinationCalls(IAmazonSQS sqs, IAmazonSimpleNotificationService sns, string address, PublisherOptions options)
#pragma warning restore CA1001
{
    private readonly bool _isTopic = address.StartsWith("arn:", StringComparison.Ordinal);
    private readonly SemaphoreSlim _free = new(options.CallsAtATime);

    public bool IsFifo { get; } = SqsRules.IsFifo(address);

    /// <summary>Bytes of a message.</summary>
    public int LargestMessage => _isTopic ? options.LargestTopicMessage : options.LargestQueueMessage;

    /// <summary>Bytes of all messages of a call.</summary>
    public int LargestBatch => _isTopic ? options.LargestTopicMessage : PublisherOptions.LargestQueueBatch;

    /// <summary>One call, and more only where the service refuses it for what is in it. Never throws.</summary>
    /// <returns>Those that did not get out, or may not have.</returns>
    public async Task<IReadOnlyList<EntryFailure>> TrySendAsync(IReadOnlyList<Outbound> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (ErrorCodes.IsBadMessage(e.ErrorCode))
        {
            // The service names none of them: each is sent alone, so that one cannot keep the other nine back.
            return batch.Count > 1
                ? await SendEachAsync(batch, cancellationToken).ConfigureAwait(false)
                : Failed(batch, e, ErrorCodes.IsAboutBody(e.ErrorCode) ? PublishFailureCause.BadMessage : PublishFailureCause.Message);
        }
#pragma warning disable CA1031 // Nobody knows which of them arrived: all are reported, none is lost.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(batch, e, PublishFailureCause.Destination);
        }
    }

    private async Task<IReadOnlyList<EntryFailure>> SendEachAsync(IReadOnlyList<Outbound> batch, CancellationToken cancellationToken)
    {
        var failures = new List<EntryFailure>();
        for (var i = 0; i < batch.Count; i++)
        {
            foreach (var failed in await TrySendAsync([batch[i]], cancellationToken).ConfigureAwait(false))
                failures.Add(failed with { Index = i });
            if (failures is [.., { Failure: { Cause: PublishFailureCause.Destination } away }])
                return [.. failures, .. batch.Skip(i + 1).Select((m, j) => new EntryFailure(i + 1 + j, away with { MessageId = m.Id }, MayPass: false))];
        }

        // What is refused whatever the message is not the messages' fault.
        return failures.Count == batch.Count && failures.TrueForAll(f => f.Failure.Cause == PublishFailureCause.Message)
            ? [.. failures.Select(f => f with { Failure = f.Failure with { Cause = PublishFailureCause.Destination }, MayPass = false })]
            : failures;
    }

    private async Task<IReadOnlyList<EntryFailure>> SendAsync(IReadOnlyList<Outbound> batch, CancellationToken cancellationToken)
    {
        // Throws if it is cancelled already; the client may have begun to send by the time it looks.
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await (_isTopic
                ? TopicBatch.SendAsync(sns, address, batch, cancellationToken)
                : QueueBatch.SendAsync(sqs, address, batch, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    private static IReadOnlyList<EntryFailure> Failed(IReadOnlyList<Outbound> batch, Exception exception, PublishFailureCause cause)
    {
        var reason = $"{exception.GetType().Name}: {exception.Message}";
        return [.. batch.Select((m, i) => new EntryFailure(i, new(m.Id, reason, cause), MayPass: false))];
    }
}
