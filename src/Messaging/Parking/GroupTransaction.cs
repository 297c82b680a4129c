using Messaging.Inbox;
using Npgsql;

namespace Messaging.Parking;

/// <summary>One transaction, run again when it met a concurrent change.</summary>
internal static class GroupTransaction
{
    public static Task<T> RunAsync<T>(NpgsqlDataSource database, Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        Conflict.RetryAsync(
            async ct =>
            {
                await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
                var result = await work(transaction).ConfigureAwait(false);
                await transaction.CommitAsync(ct).ConfigureAwait(false);
                return result;
            },
            cancellationToken);
}
