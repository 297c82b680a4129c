using Messaging.Consuming;
using Messaging.Inbox;
using Npgsql;

namespace TestWorker;

/// <summary>Leaves one row for each message, after a while that the variable <c>WORK_MILLISECONDS</c> gives; -1 is for ever.</summary>
internal static class Effects
{
    private static readonly int Milliseconds = int.Parse(Environment.GetEnvironmentVariable("WORK_MILLISECONDS")!, System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<Verdict> AddAsync(Received<Greeting> message, UnitOfWork work, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand("insert into effects (text) values ($1)", work.Connection, work.Transaction);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.Data.Text });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await Task.Delay(Milliseconds, cancellationToken);
        return Verdict.Done;
    }
}
