using Npgsql;

namespace Messaging.Outbox;

/// <summary>The right to publish a lane's messages, for a time. Its token is higher than that of every holder before it.</summary>
/// <param name="database">Where the leases are.</param>
/// <param name="destination">The destination.</param>
/// <param name="lane">The lane.</param>
/// <param name="token">The fencing token.</param>
internal sealed class LaneLease(NpgsqlDataSource database, string destination, short lane, long token)
{
    /// <summary>Null where somebody else holds the lane.</summary>
    public static async Task<LaneLease?> TryAcquireAsync(NpgsqlDataSource database, string destination, short lane, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            insert into outbox_lease (destination, lane, token, held_until) values ($1, $2, 1, clock_timestamp() + $3)
            on conflict (destination, lane) do update set token = outbox_lease.token + 1, held_until = clock_timestamp() + $3
            where outbox_lease.held_until <= clock_timestamp()
            returning token
            """);
        command.AddValues(destination, lane, lease);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long token ? new(database, destination, lane, token) : null;
    }

    /// <summary>False where the lease ran out and somebody else took the lane: then nothing of it may be touched any more.</summary>
    public Task<bool> TryRenewAsync(TimeSpan lease, CancellationToken cancellationToken) => SetAsync(lease, cancellationToken);

    /// <summary>Gives the lane back.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => SetAsync(TimeSpan.Zero, cancellationToken);

    private async Task<bool> SetAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "update outbox_lease set held_until = clock_timestamp() + $4 where destination = $1 and lane = $2 and token = $3 and held_until > clock_timestamp()");
        command.AddValues(destination, lane, token, lease);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }
}
