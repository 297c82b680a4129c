using Messaging.Consuming;
using Npgsql;

namespace Messaging.Inbox;

/// <summary>A statement that met a concurrent change and had no effect: DSQL finds that out at the commit, so any statement can meet one.</summary>
internal static class Conflict
{
    /// <summary>Tries before a conflict is the caller's to handle.</summary>
    public const int MostAttempts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    public static bool Is(PostgresException exception) => exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    public static Task PauseAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(Backoff.Next(attempt, FirstPause, Random.Shared.NextDouble()), cancellationToken);

    /// <summary>Runs work that is one transaction, again after each conflict.</summary>
    public static async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (Is(e) && attempt < MostAttempts)
            {
                await PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
