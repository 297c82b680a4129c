using Npgsql;

namespace Messaging;

internal static class NpgsqlCommandExtensions
{
    /// <summary>Adds values as the parameters $1, $2, …</summary>
    public static void AddValues(this NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
    }

    /// <summary>The same for a command of a batch.</summary>
    public static NpgsqlBatchCommand WithValues(this NpgsqlBatchCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }
}
