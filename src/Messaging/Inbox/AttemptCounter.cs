using Npgsql;

namespace Messaging.Inbox;

/// <summary>
/// Counts a consumer's failed attempts at a message. A queue's receive count also grows when the message was throttled, or held back behind a
/// neighbour. Counts go by the id that SQS gave: a message that is redriven, or released with its group, has a new one and all its attempts again.
/// </summary>
/// <param name="consumer">The consumer's name.</param>
/// <param name="database">Where the counts are; <see cref="InboxCleanup"/> deletes those past their time.</param>
public sealed class AttemptCounter(string consumer, NpgsqlDataSource database)
{
    internal const string Count =
        """
        insert into inbox_attempt (consumer, message_id, attempts, failed) values ($1, $2, 1, clock_timestamp())
        on conflict (consumer, message_id) do update set attempts = inbox_attempt.attempts + 1, failed = clock_timestamp()
        returning attempts
        """;

    /// <summary>Counts one more, for <see cref="Consuming.QueueOptions.CountAttempt"/>.</summary>
    /// <param name="messageId">The id that SQS gave.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>How many there were, this one included.</returns>
    /// <exception cref="NpgsqlException">The database did not take it.</exception>
    public Task<int> CountAsync(string messageId, CancellationToken cancellationToken) => Conflict.RetryAsync(
        async ct =>
        {
            await using var command = database.CreateCommand(Count);
            command.AddValues(consumer, messageId);
            return (int)(await command.ExecuteScalarAsync(ct).ConfigureAwait(false))!;
        },
        cancellationToken);
}
