using Messaging.Outbox;
using Microsoft.Extensions.Logging;

namespace Messaging;

/// <summary>Every log message of the library: identifiers, never bodies.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Consumer} cannot decode message {MessageId}: {Reason}")]
    public static partial void Undecodable(this ILogger logger, string consumer, string? messageId, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Consumer} was cancelled at message {MessageId}: its time is over, or the process ends; it comes back")]
    public static partial void OutOfTime(this ILogger logger, string consumer, string? messageId);

    [LoggerMessage(3, LogLevel.Error, "{Consumer} failed at {Type} {MessageId}, receive {ReceiveCount}; it comes back")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string consumer, string? type, string? messageId, int receiveCount);

    [LoggerMessage(4, LogLevel.Warning, "{Consumer} retries {Type} {MessageId}, receive {ReceiveCount}: {Reason}")]
    public static partial void Retried(this ILogger logger, string consumer, string type, string messageId, int receiveCount, string reason);

    [LoggerMessage(5, LogLevel.Error, "{Consumer} dead-letters {Type} {MessageId}, receive {ReceiveCount}: {Reason}")]
    public static partial void DeadLettered(this ILogger logger, string consumer, string type, string messageId, int receiveCount, string reason);

    [LoggerMessage(6, LogLevel.Information, "{Consumer} discards {Type} {MessageId}: {Reason}")]
    public static partial void Discarded(this ILogger logger, string consumer, string type, string messageId, string reason);

    [LoggerMessage(7, LogLevel.Information, "{Consumer} defers {Type} {MessageId} until {Until}: {Reason}")]
    public static partial void Deferred(this ILogger logger, string consumer, string type, string messageId, DateTimeOffset until, string reason);

    [LoggerMessage(8, LogLevel.Information, "{Consumer} has handled message {MessageId} before: absorbed")]
    public static partial void DuplicateAbsorbed(this ILogger logger, string consumer, string messageId);

    [LoggerMessage(9, LogLevel.Error, "The dead-letter queue did not take message {MessageId}; it stays in its queue")]
    public static partial void DeadLetterFailed(this ILogger logger, Exception exception, string messageId);

    [LoggerMessage(10, LogLevel.Warning, "The delay of {Count} messages could not be set; they come back at the queue's visibility timeout")]
    public static partial void VisibilityFailed(this ILogger logger, Exception exception, int count);

    [LoggerMessage(11, LogLevel.Warning, "{Count} committed messages were not published at once; the relay publishes them")]
    public static partial void LeftToRelay(this ILogger logger, Exception? exception, int count);

    [LoggerMessage(12, LogLevel.Warning, "{Destination} refused message {MessageId}, attempt {Attempt}: {Reason}")]
    public static partial void PublishFailed(this ILogger logger, string destination, string messageId, int attempt, string reason);

    [LoggerMessage(13, LogLevel.Error, "Message {MessageId} to {Destination} is parked after {Attempts} attempts: {Reason}")]
    public static partial void Parked(this ILogger logger, string messageId, string destination, int attempts, string reason);

    [LoggerMessage(14, LogLevel.Information, "The relay published {Published} messages to {Destination} and left {Waiting}")]
    public static partial void Swept(this ILogger logger, string destination, int published, int waiting);

    [LoggerMessage(15, LogLevel.Warning, "The transaction of message {MessageId} met a concurrent change, attempt {Attempt}; it is run again")]
    public static partial void SerializationConflict(this ILogger logger, string messageId, int attempt);

    [LoggerMessage(16, LogLevel.Information, "Migration {Name} applied")]
    public static partial void MigrationApplied(this ILogger logger, string name);

    [LoggerMessage(17, LogLevel.Warning, "The database did not answer while the function started; the first message tries again")]
    public static partial void DatabaseNotWarm(this ILogger logger, Exception exception);

    [LoggerMessage(18, LogLevel.Error, "{Consumer} has not carried out the verdict on message {MessageId}; it comes back at its visibility timeout")]
    public static partial void NotCarriedOut(this ILogger logger, string consumer, string messageId);

    [LoggerMessage(20, LogLevel.Error, "{Consumer} abandons message {MessageId}: its handler did not stop when the time was over; it comes back")]
    public static partial void Abandoned(this ILogger logger, string consumer, string messageId);

    [LoggerMessage(21, LogLevel.Error, "{Consumer} could not carry a verdict out; the messages behind it come back")]
    public static partial void LaneFailed(this ILogger logger, Exception exception, string consumer);

    [LoggerMessage(22, LogLevel.Error, "{Consumer} has a handler that fails when it is cancelled")]
    public static partial void CancellationFailed(this ILogger logger, Exception exception, string consumer);

    [LoggerMessage(23, LogLevel.Warning, "Telemetry was not flushed before the answer; some of it may be late or lost")]
    public static partial void FlushFailed(this ILogger logger, Exception exception);

    [LoggerMessage(24, LogLevel.Warning, "{Consumer} could not ask its inbox about message {MessageId}; it comes back, and no attempt is counted")]
    public static partial void InboxAway(this ILogger logger, Exception exception, string consumer, string messageId);

    [LoggerMessage(25, LogLevel.Error, "{Consumer} gives up on message {MessageId} after {Attempts} attempts: {Reason}")]
    public static partial void GaveUp(this ILogger logger, string consumer, string messageId, int attempts, string reason);

    [LoggerMessage(26, LogLevel.Warning, "{Consumer} could not count the failed attempt at message {MessageId}; it comes back with one more to go")]
    public static partial void AttemptNotCounted(this ILogger logger, Exception exception, string consumer, string messageId);

    [LoggerMessage(27, LogLevel.Warning, "{Consumer} could not send a copy of the deferred message {MessageId}; it is hidden in its queue instead")]
    public static partial void DeferFailed(this ILogger logger, Exception exception, string consumer, string messageId);

    [LoggerMessage(28, LogLevel.Warning, "The queue refused the delay of message {MessageId} ({Code}); it comes back at the queue's visibility timeout")]
    public static partial void VisibilityRefused(this ILogger logger, string? messageId, string? code);

    [LoggerMessage(29, LogLevel.Debug, "{Consumer} defers message {MessageId} again: it is due at {Due}")]
    public static partial void StillDeferred(this ILogger logger, string consumer, string messageId, DateTimeOffset due);

    [LoggerMessage(30, LogLevel.Error, "{Consumer} could not park or replay message {MessageId} of group {GroupId}; it comes back, and those behind it")]
    public static partial void ParkingFailed(this ILogger logger, Exception exception, string consumer, string messageId, string groupId);

    [LoggerMessage(31, LogLevel.Warning, "{Consumer} parks group {GroupId} behind its dead letter {MessageId} until somebody releases it")]
    public static partial void GroupParked(this ILogger logger, string consumer, string groupId, string messageId);

    [LoggerMessage(32, LogLevel.Information, "{Consumer} keeps message {MessageId} in the parked group {GroupId}")]
    public static partial void FollowerParked(this ILogger logger, string consumer, string messageId, string groupId);

    [LoggerMessage(33, LogLevel.Information, "{Consumer} has handled all that waited in group {GroupId}: it is free")]
    public static partial void GroupFreed(this ILogger logger, string consumer, string groupId);

    [LoggerMessage(34, LogLevel.Error, "{Consumer}'s queue did not take the replay of group {GroupId}; the next run tries again")]
    public static partial void ReplayFailed(this ILogger logger, Exception exception, string consumer, string groupId);

    [LoggerMessage(35, LogLevel.Warning, "{Consumer} lost its lease on message {MessageId}: another delivery may handle it by now; the handler is cancelled")]
    public static partial void LeaseLost(this ILogger logger, string consumer, string messageId);

    [LoggerMessage(36, LogLevel.Warning, "{Consumer} could not renew its lease on message {MessageId}; it tries again until the lease is over")]
    public static partial void LeaseNotRenewed(this ILogger logger, Exception exception, string consumer, string messageId);

    [LoggerMessage(37, LogLevel.Warning, "{Consumer} could not give back its lease on message {MessageId}; it runs out by itself")]
    public static partial void LeaseNotGivenBack(this ILogger logger, Exception exception, string consumer, string messageId);

    [LoggerMessage(38, LogLevel.Warning, "{Consumer} has handled message {MessageId}, but the database did not take its answer at try {Attempt}; it tries again")]
    public static partial void AnswerNotYetRemembered(this ILogger logger, Exception exception, string consumer, string messageId, int attempt);

    [LoggerMessage(39, LogLevel.Information, "The inbox forgot {Messages} messages and {Attempts} counts of attempts that are past its memory")]
    public static partial void Forgotten(this ILogger logger, int messages, int attempts);

    [LoggerMessage(40, LogLevel.Warning, "{Consumer} could not receive from {QueueUrl}, failure {Failures} in a row; it tries again in {Delay}")]
    public static partial void ReceiveFailed(this ILogger logger, Exception exception, string consumer, string queueUrl, int failures, TimeSpan delay);

    [LoggerMessage(41, LogLevel.Error, "The queue {QueueUrl} does not exist in this account and region: create it, or correct QueueUrl. {Consumer} tries again in {Delay}")]
    public static partial void QueueMissing(this ILogger logger, string queueUrl, string consumer, TimeSpan delay);

    [LoggerMessage(42, LogLevel.Error, "{Consumer} may not receive from {QueueUrl}: allow sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility on it, and kms:Decrypt where a key encrypts it. It tries again in {Delay}")]
    public static partial void ReceiveDenied(this ILogger logger, Exception exception, string consumer, string queueUrl, TimeSpan delay);

    [LoggerMessage(43, LogLevel.Warning, "{Consumer} could not acknowledge {Count} messages; it tries again while they are hidden")]
    public static partial void AcknowledgeFailed(this ILogger logger, Exception exception, string consumer, int count);

    [LoggerMessage(44, LogLevel.Error, "{Consumer} has handled message {MessageId}, but the queue did not take the acknowledgement ({Reason}): it comes again")]
    public static partial void AcknowledgementLost(this ILogger logger, string consumer, string messageId, string reason);

    [LoggerMessage(45, LogLevel.Error, "{Consumer} has worked on message {MessageId} for {MaxProcessingTime}: its handler is cancelled, and it comes back")]
    public static partial void ProcessingTooLong(this ILogger logger, string consumer, string messageId, TimeSpan maxProcessingTime);

    [LoggerMessage(46, LogLevel.Warning, "Message {MessageId} is not {Consumer}'s any more ({Reason}): somebody else may have it, so its handler is cancelled")]
    public static partial void ReceiptLost(this ILogger logger, string consumer, string messageId, string reason);

    [LoggerMessage(47, LogLevel.Warning, "{Consumer} could not set how long {Count} messages stay hidden; it tries again")]
    public static partial void HidingFailed(this ILogger logger, Exception exception, string consumer, int count);

    [LoggerMessage(48, LogLevel.Information, "{Consumer} has stopped; {Unsent} answers were not sent")]
    public static partial void Stopped(this ILogger logger, string consumer, int unsent);

    [LoggerMessage(49, LogLevel.Error, "{Consumer} leaves message {MessageId} to its visibility timeout: {Reason}")]
    public static partial void LeftBehind(this ILogger logger, Exception? exception, string consumer, string messageId, string reason);

    [LoggerMessage(60, LogLevel.Error, "{Destination} takes no call ({Reason}); its messages wait, and are tried again in {Rest}")]
    public static partial void DestinationAway(this ILogger logger, string destination, TimeSpan rest, string reason);

    [LoggerMessage(61, LogLevel.Warning, "Another relay has lane {Lane} of {Destination} by now: what this one published there is published again, and absorbed by inboxes")]
    public static partial void LaneLost(this ILogger logger, string destination, short lane);

    [LoggerMessage(62, LogLevel.Error, "The relay could not sweep the outbox, failure {Failures} in a row; it tries again in {Delay}")]
    public static partial void SweepFailed(this ILogger logger, Exception exception, int failures, TimeSpan delay);

    [LoggerMessage(64, LogLevel.Warning, "How much waits for {Destination} could not be measured")]
    public static partial void OutboxNotMeasured(this ILogger logger, Exception exception, string destination);

    [LoggerMessage(63, LogLevel.Error, "A chore beside the relay failed; it is run again in {Interval}")]
    public static partial void ChoreFailed(this ILogger logger, Exception exception, TimeSpan interval);

    [LoggerMessage(70, LogLevel.Information, "{Act}: dead letter {MessageId} to {Destination}; the audit says by whom")]
    public static partial void DeadLetterActed(this ILogger logger, OutboxAct act, string messageId, string destination);

    [LoggerMessage(71, LogLevel.Information, "Replayed: {Count} dead letters to {Destination}; the audit says by whom")]
    public static partial void DeadLettersReplayed(this ILogger logger, int count, string destination);

    [LoggerMessage(72, LogLevel.Information, "The audit of dead letters forgot {Count} acts that are past its memory")]
    public static partial void AuditForgotten(this ILogger logger, int count);

    [LoggerMessage(150, LogLevel.Warning, "{Consumer} cannot open the payload of message {MessageId}: {Reason}")]
    public static partial void PayloadNotOpened(this ILogger logger, Exception? exception, string consumer, string messageId, string reason);

    [LoggerMessage(170, LogLevel.Information, "A reply {MessageId} in {Queue} is dropped: {Reason}")]
    public static partial void ReplyDropped(this ILogger logger, string queue, string? messageId, string reason);

    [LoggerMessage(171, LogLevel.Error, "No replies could be received from {Queue}; it is tried again in {Delay}")]
    public static partial void RepliesNotReceived(this ILogger logger, Exception exception, string queue, TimeSpan delay);

    [LoggerMessage(172, LogLevel.Warning, "{Count} replies in {Queue} were not acknowledged or handed back: they are received once more")]
    public static partial void RepliesNotSettled(this ILogger logger, Exception exception, string queue, int count);
}
