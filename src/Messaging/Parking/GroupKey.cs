using Npgsql;

namespace Messaging.Parking;

/// <summary>A message group of a consumer.</summary>
internal readonly record struct GroupKey(string Consumer, string GroupId)
{
    /// <summary>A command whose parameters $1 and $2 are the group, and $3, … the values.</summary>
    public NpgsqlCommand Command(NpgsqlDataSource database, string sql, params ReadOnlySpan<object> values) => Filled(database.CreateCommand(sql), values);

    /// <inheritdoc cref="Command(NpgsqlDataSource, string, ReadOnlySpan{object})"/>
    public NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, params ReadOnlySpan<object> values) =>
        Filled(new(sql, transaction.Connection, transaction), values);

    private NpgsqlCommand Filled(NpgsqlCommand command, ReadOnlySpan<object> values)
    {
        command.AddValues(Consumer, GroupId);
        command.AddValues(values);
        return command;
    }
}
