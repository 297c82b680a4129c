using System.Globalization;
using Amazon.Lambda.APIGatewayEvents;
using Messaging.Envelope;
using Messaging.Publishing;
using Npgsql;

namespace Functions.BookingApi;

/// <summary>Starts the report of a month's revenue, and tells how far it is.</summary>
internal sealed class RevenueReports(NpgsqlDataSource database, PublishMessages publish, TimeProvider time)
{
    private const string Running = "running";
    private const string Path = "/reports/revenue/";

    /// <summary>
    /// One run of a month at a time: asked again, the run that is under way is the answer, unless it has been for an hour, when something of it is in a
    /// dead-letter queue. Its task is sent each time, under the run's id: whoever asks again mends a task that was lost, and the inbox absorbs the rest.
    /// </summary>
    public async Task<APIGatewayHttpApiV2ProxyResponse> PostAsync(string month, CancellationToken cancellationToken)
    {
        if (!IsPast(month))
            return Wrong(month);
        var run = await BeginAsync(month, cancellationToken);
        var task = new CloudEvent(run.ToString(), "/booking-api", Messages.ReportRevenue.Type, time.GetUtcNow()) { CorrelationId = run.ToString() };
        var failures = await publish(Destinations.Tasks, [Messages.ReportRevenue.ToMessage(new(month, run), task).ToOutbound()], cancellationToken);
        return failures.Count == 0
            ? Answers.Accepted(Path + month, new(run, month, Running), ApiJson.Default.RevenueView)
            : Answers.Unavailable("The report was not begun. Ask for it again.");
    }

    public async Task<APIGatewayHttpApiV2ProxyResponse> GetAsync(string month, CancellationToken cancellationToken)
    {
        if (!IsPast(month))
            return Wrong(month);
        await using var command = database.CreateCommand("select run_id, state, parts_done, parts, document from revenue_runs where month = $1");
        command.Parameters.Add(new() { Value = month });
        RevenueView report;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
                return Answers.Problem(404, "There is no report of this month.", $"Ask for one: POST {Path}{month}.");
            report = new(
                reader.GetGuid(0),
                month,
                reader.GetString(1),
                reader.IsDBNull(3) ? null : new(reader.GetInt32(2), reader.GetInt32(3)),
                reader.IsDBNull(4) ? null : reader.GetString(4));
        }

        if (report.Status != Running)
            report = report with { Hotels = await HotelsAsync(month, report.Id, cancellationToken) };
        return Answers.Ok(report, ApiJson.Default.RevenueView);
    }

    private async Task<Guid> BeginAsync(string month, CancellationToken cancellationToken)
    {
        var run = Guid.CreateVersion7(time.GetUtcNow());
        await using var begin = database.CreateCommand(
            $"""
            insert into revenue_runs (month, run_id, state, requested, parts_done) values ($1, $2, '{Running}', clock_timestamp(), 0)
            on conflict (month) do update
            set run_id = $2, state = '{Running}', requested = clock_timestamp(), parts = null, parts_done = 0, document = null, finished = null
            where revenue_runs.state <> '{Running}' or revenue_runs.requested < clock_timestamp() - interval '1 hour'
            """);
        begin.Parameters.Add(new() { Value = month });
        begin.Parameters.Add(new() { Value = run });
        if (await begin.ExecuteNonQueryAsync(cancellationToken) == 1)
            return run;

        await using var find = database.CreateCommand("select run_id from revenue_runs where month = $1");
        find.Parameters.Add(new() { Value = month });
        return (Guid)(await find.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<IReadOnlyList<HotelRevenueView>> HotelsAsync(string month, Guid run, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select p.hotel_id, s.amount, s.currency
            from revenue_parts p left join revenue_sums s on s.month = p.month and s.run_id = p.run_id and s.part = p.part
            where p.month = $1 and p.run_id = $2
            order by p.part, s.currency
            """);
        command.Parameters.Add(new() { Value = month });
        command.Parameters.Add(new() { Value = run });
        var rows = new List<(string Hotel, Money? Total)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((reader.GetString(0), reader.IsDBNull(1) ? null : new(reader.GetDecimal(1), reader.GetString(2))));
        return [.. rows.GroupBy(r => r.Hotel).Select(g => new HotelRevenueView(g.Key, [.. g.Select(r => r.Total).OfType<Money>()]))];
    }

    private bool IsPast(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        && month >= new DateOnly(2000, 1, 1) && month <= DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static APIGatewayHttpApiV2ProxyResponse Wrong(string month) => Answers.Problem(
        400, "There is no revenue of this month.", $"'{(month.Length > 16 ? month[..16] : month)}' is no month from 2000-01 until now, written as 2027-03.");
}
