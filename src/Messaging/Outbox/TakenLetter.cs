using Messaging.Publishing;
using Npgsql;

namespace Messaging.Outbox;

/// <summary>A parked message that an act has taken out of its table.</summary>
/// <param name="Lane">Its destination, and its part of it.</param>
/// <param name="Created">With the ordinal its place in the outbox; null where it was parked before that was remembered.</param>
/// <param name="Ordinal">The position in its transaction.</param>
/// <param name="Message">The message.</param>
/// <param name="Parked">When it was parked.</param>
internal sealed record TakenLetter(OutboxLane Lane, DateTime? Created, int Ordinal, Outbound Message, DateTime Parked)
{
    public const string Columns = "destination, created, ordinal, message_id, message_type, message_key, body, parked, attributes";

    public static async Task<IReadOnlyList<TakenLetter>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var letters = new List<TakenLetter>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var message = new Outbound(reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6)) { Attributes = AttributesColumn.Read(reader.GetValue(8) as string) };
            letters.Add(new(
                OutboxLane.Of(reader.GetString(0), message.Key),
                reader.GetValue(1) as DateTime?,
                reader.GetValue(2) as int? ?? 0,
                message,
                reader.GetDateTime(7)));
        }

        return letters;
    }
}
