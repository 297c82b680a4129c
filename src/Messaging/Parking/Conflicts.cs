using Messaging.Consuming;
using Npgsql;

namespace Messaging.Parking;

/// <summary>Runs a transaction again that met a concurrent change: Aurora DSQL finds out at the commit.</summary>
internal static class Conflicts
{
    private const int MostAttempts = 10;

    public static async Task<T> RunAsync<T>(NpgsqlDataSource database, Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                var result = await work(transaction).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected && attempt < MostAttempts)
            {
                await Task.Delay(Backoff.Next(Math.Min(attempt, 6), TimeSpan.FromMilliseconds(20), Random.Shared.NextDouble()), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
