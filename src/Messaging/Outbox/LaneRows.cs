using Messaging.Publishing;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>The next rows of a lane, in the order they must leave.</summary>
/// <param name="Rows">Them.</param>
/// <param name="HasMore">Whether there may be more behind them.</param>
/// <param name="Changes">How often dead letters of the lane were replayed or discarded, as of these rows.</param>
internal sealed record LaneRows(IReadOnlyList<OutboxRow> Rows, bool HasMore, long Changes)
{
    // A lane's share of the memory of a small function: a message has up to 255 KiB.
    private const int MostCharacters = 1_024 * 1_024;

    public static LaneRows None { get; } = new([], HasMore: false, Changes: 0);

    /// <summary>How many to ask for next: after large ones as many as were taken, for what is sent and not taken is sent again.</summary>
    public int NextSize(int pageSize) => HasMore ? Math.Clamp(Rows.Count, 1, pageSize) : pageSize;

    /// <summary>What <see cref="OutboxTable.Page"/> found, as much of it as may be held at a time.</summary>
    public static async Task<LaneRows> ReadAsync(NpgsqlDataReader reader, OutboxLane lane, int size, CancellationToken cancellationToken)
    {
        var rows = new List<OutboxRow>();
        var characters = 0;
        var changes = 0L;
        while (characters < MostCharacters && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var message = new Outbound(reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)) { Attributes = AttributesColumn.Read(reader.GetValue(9) as string) };
            rows.Add(new(lane, reader.GetDateTime(0), reader.GetInt32(1), message, reader.GetInt32(6), reader.GetBoolean(7)));
            characters += message.Body.Length;
            changes = reader.GetInt64(8);
        }

        return new(rows, rows.Count == size || characters >= MostCharacters, changes);
    }
}
