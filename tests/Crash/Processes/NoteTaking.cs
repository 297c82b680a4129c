using Messaging.Consuming;
using Messaging.Inbox;
using Npgsql;

namespace Crash.Processes;

/// <summary>The worker's effects.</summary>
internal static class NoteTaking
{
    /// <summary>A row for the event, the next number of its shelf, and a note about it, in the message's transaction.</summary>
    public static async Task<Verdict> RecordAsync(Guid booking, string kind, UnitOfWork work, CancellationToken cancellationToken)
    {
        await ExecuteAsync(work, "insert into crash_effect (booking_id, kind) values ($1, $2)", [booking, kind], cancellationToken);
        await using var next = Command(work, "update crash_shelf set notes = notes + 1 where shelf = $1 returning notes", [Note.ShelfOf(booking)]);
        var note = new Note(Note.ShelfOf(booking), (long)(await next.ExecuteScalarAsync(cancellationToken))!);
        work.Add(note.ToMessage(Guid.CreateVersion7().ToString(), DateTimeOffset.UtcNow));
        if (note.BringsUnsendable)
        {
            var id = Guid.CreateVersion7().ToString();
            await ExecuteAsync(work, "insert into crash_unsendable (message_id) values ($1)", [id], cancellationToken);
            work.Add(Note.Unsendable(id));
        }

        return Verdict.Done;
    }

    /// <summary>A row for the note, in the order of their coming.</summary>
    public static async Task<Verdict> ShelveAsync(Received<Note> message, UnitOfWork work, CancellationToken cancellationToken)
    {
        if (message.Data.IsUnreadable)
            return Verdict.DeadLetter("Nobody can read this note.");
        await ExecuteAsync(work, "insert into crash_note (shelf, number) values ($1, $2)", [message.Data.Shelf, message.Data.Number], cancellationToken);
        return Verdict.Done;
    }

    private static async Task ExecuteAsync(UnitOfWork work, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(work, sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(UnitOfWork work, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, work.Connection, work.Transaction);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
