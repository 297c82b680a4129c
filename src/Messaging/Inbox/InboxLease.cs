using Messaging.Consuming;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Inbox;

/// <summary>One delivery's hold on its message, by an owner that nobody else can be, renewed for as long as its process lives.</summary>
internal sealed class InboxLease : IAsyncDisposable
{
    private const int MostTries = 3;

    // Of its own: the batch's token may be cancelled by then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlDataSource _database;
    private readonly string _consumer;
    private readonly string _messageId;
    private readonly string _owner;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;

    private InboxLease(
        NpgsqlDataSource database, string consumer, string messageId, string owner, TimeSpan duration, long asked, TimeProvider time, ILogger logger)
    {
        (_database, _consumer, _messageId, _owner, _duration, _time, _logger) = (database, consumer, messageId, owner, duration, time, logger);
        _renewing = KeepRenewingAsync(asked);
    }

    /// <summary>Cancelled when somebody else may have the message by now.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>A lease or, where the message has been answered or another delivery holds it, what that one left.</summary>
    public static async Task<(InboxLease? Lease, Verdict? Answer, TimeSpan BusyFor)> TakeAsync(
        NpgsqlDataSource database, string consumer, string messageId, TimeSpan duration, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid().ToString();
        var asked = time.GetTimestamp();
        var (taken, answer, busyFor) = await Conflict.RetryAsync<(bool, Verdict?, TimeSpan)>(
            async ct =>
            {
                asked = time.GetTimestamp();
                await using var connection = await database.OpenConnectionAsync(ct).ConfigureAwait(false);
                if (await InboxTable.ChangeAsync(connection, InboxTable.Take, [consumer, messageId, owner, duration], ct).ConfigureAwait(false))
                    return (true, null, TimeSpan.Zero);
                var found = await InboxTable.FindAsync(connection, consumer, messageId, ct).ConfigureAwait(false);
                return (false, found.Answer, found.BusyFor);
            },
            cancellationToken).ConfigureAwait(false);
        return (taken ? new(database, consumer, messageId, owner, duration, asked, time, logger) : null, answer, busyFor);
    }

    /// <summary>
    /// Remembers the answer; false where somebody else has taken the message. Not cancelled with the batch, and tried three times: the effect
    /// has happened. When the last try fails, the message comes back after the lease and is handled once more, with the same id for the
    /// receiver to know it by: an effect twice can be told, an effect that is neither done nor to come cannot.
    /// </summary>
    public async Task<bool> TryRememberAsync(Verdict answer)
    {
        await StopRenewingAsync().ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ChangeAsync(InboxTable.Remember, [_consumer, _messageId, _owner, InboxTable.ReasonOf(answer)]).ConfigureAwait(false);
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException && attempt < MostTries)
            {
                _logger.AnswerNotYetRemembered(e, _consumer, _messageId, attempt);
                await Task.Delay(Backoff.Next(attempt, FirstPause)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets the next delivery handle the message at once; false where somebody else has taken it.</summary>
    public async Task<bool> TryGiveBackAsync()
    {
        await StopRenewingAsync().ConfigureAwait(false);
        try
        {
            return await ChangeAsync(InboxTable.GiveBack, [_consumer, _messageId, _owner]).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            // It runs out by itself.
            _logger.LeaseNotGivenBack(e, _consumer, _messageId);
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync().ConfigureAwait(false);
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task KeepRenewingAsync(long renewed)
    {
        using var timer = new PeriodicTimer(_duration / 3, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
            {
                var asked = _time.GetTimestamp();
                if (await TryRenewAsync().ConfigureAwait(false) is { } held)
                    renewed = held ? asked : long.MinValue;
                if (renewed == long.MinValue || _time.GetElapsedTime(renewed) >= _duration)
                {
                    _logger.LeaseLost(_consumer, _messageId);
                    await _lost.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The handler is through.
        }
    }

    /// <summary>Null where the database gave no answer.</summary>
    private async Task<bool?> TryRenewAsync()
    {
        try
        {
            using var limit = new TimeLimit(_duration / 3, _time, _ended.Token);
            await using var connection = await _database.OpenConnectionAsync(limit.Token).ConfigureAwait(false);
            return await InboxTable.ChangeAsync(connection, InboxTable.Renew, [_consumer, _messageId, _owner, _duration], limit.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the reason, it must not become the handler's failure: what happened is for the lease's time to tell.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!_ended.IsCancellationRequested)
                _logger.LeaseNotRenewed(e, _consumer, _messageId);
            return null;
        }
    }

    private async Task<bool> ChangeAsync(string statement, object[] values)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Conflict.RetryAsync(
            async ct =>
            {
                await using var connection = await _database.OpenConnectionAsync(ct).ConfigureAwait(false);
                return await InboxTable.ChangeAsync(connection, statement, values, ct).ConfigureAwait(false);
            },
            patience.Token).ConfigureAwait(false);
    }

    private async Task StopRenewingAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
    }
}
