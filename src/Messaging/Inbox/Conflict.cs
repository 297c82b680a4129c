using Messaging.Consuming;
using Npgsql;

namespace Messaging.Inbox;

/// <summary>A statement that met a concurrent change and had no effect: DSQL finds that out at the commit, so any statement can meet one.</summary>
internal static class Conflict
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs work that is one transaction, again after each conflict; the fifth is the caller's to handle.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="cancellationToken">Cancels the work and the pauses.</param>
    /// <param name="onConflict">Is told which attempt it was that is run again.</param>
    public static async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken, Action<int>? onConflict = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (Is(e) && attempt < MostAttempts)
            {
                onConflict?.Invoke(attempt);
                await Task.Delay(Backoff.Next(attempt, FirstPause), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool Is(PostgresException exception) => exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}
