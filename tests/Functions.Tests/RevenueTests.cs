using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS.Model;
using Functions.BookingApi;
using Functions.Migrations;
using Functions.Worker;
using Messaging.Consuming;
using Messaging.Inbox;
using Messaging.Outbox;
using Messaging.Publishing;
using Messaging.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tests.Common;

namespace Functions.Tests;

/// <summary>The report of a month: asked for at the API, split, added up and joined by the worker, on a real PostgreSQL.</summary>
public sealed class RevenueTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Month = "2026-03";
    private NpgsqlDataSource _database = null!;
    private TestCloud _cloud = null!;
    private AmazonS3Client _s3 = null!;
    private RevenueReports _api = null!;
    private Consumer _worker = null!;
    private string _tasks = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.NewDatabaseAsync([.. SchemaMigrator.LibraryScripts, .. SqlScript.Embedded(typeof(MigrationsHandler).Assembly)]);
        _cloud = await TestCloud.StartAsync();
        _tasks = await _cloud.CreateQueueAsync("tasks");
        _s3 = new(
            new BasicAWSCredentials("test", "test"),
            new AmazonS3Config { ServiceURL = _cloud.Server.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        await _s3.PutBucketAsync("documents", Ct);

        var publisher = new Publisher(_cloud.Sqs, _cloud.Sns, new(name => name == "DESTINATION_TASKS" ? _tasks : null));
        var outbox = new OutboxWriter(_database, publisher.PublishAsync, new(), TimeProvider.System, NullLogger<OutboxWriter>.Instance);
        var inbox = new PostgresInbox("worker", _database, outbox, NullLogger<PostgresInbox>.Instance);
        _api = new(_database, publisher.PublishAsync, TimeProvider.System);
        _worker = new Consumer("worker", NullLogger.Instance).AddTasks(inbox, _database, new(_s3, "documents"), TimeProvider.System);
        await _database.ExecuteAsync("delete from hotels");
    }

    [Fact]
    public async Task Every_hotel_is_a_part_and_the_joined_report_has_each_one_s_sums()
    {
        await AddHotelsAsync(120);
        await EarnAsync("hotel-7", 240.50m, "EUR", "2026-03-01T00:00:00Z");
        await EarnAsync("hotel-7", -40.50m, "EUR", "2026-03-31T23:59:59Z");
        await EarnAsync("hotel-7", 99m, "CHF", "2026-03-15T12:00:00Z");
        await EarnAsync("hotel-7", 1_000m, "EUR", "2026-02-28T23:59:59Z");
        await EarnAsync("hotel-7", 1_000m, "EUR", "2026-04-01T00:00:00Z");

        var run = await BeginAsync();
        await WorkAsync();

        var report = await GetAsync();
        Assert.Equal(("done", run, 120, 120), ((string?)report["status"], (Guid)report["id"]!, (int)report["parts"]!["done"]!, (int)report["parts"]!["total"]!));
        var hotels = report["hotels"]!.AsArray();
        Assert.Equal(120, hotels.Count);
        Assert.Equal("""[{"amount":99.00,"currency":"CHF"},{"amount":200.00,"currency":"EUR"}]""", Assert.Single(hotels, h => (string?)h!["hotelId"] == "hotel-7")!["totals"]!.ToJsonString());
        Assert.Equal($"reports/revenue/{Month}/{run}.csv", (string?)report["document"]);
        var document = await DocumentAsync((string)report["document"]!);
        Assert.StartsWith("hotel,currency,amount\r\n", document, StringComparison.Ordinal);
        Assert.Contains("\r\nhotel-7,CHF,99.00\r\nhotel-7,EUR,200.00\r\n", document, StringComparison.Ordinal);
        Assert.Contains("\r\nhotel-8,,0.00\r\n", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_that_are_delivered_twice_and_side_by_side_are_done_once()
    {
        await AddHotelsAsync(40);
        for (var i = 1; i <= 40; i++)
            await EarnAsync($"hotel-{i}", i, "EUR", "2026-03-10T00:00:00Z");

        await BeginAsync();
        var types = await WorkAsync(deliveries: 3);

        Assert.Equal((1, 40, 1), (types.Count(t => t == "revenue.report.v1"), types.Count(t => t == "revenue.sum.v1"), types.Count(t => t == "revenue.join.v1")));
        Assert.Equal(Enumerable.Range(1, 40).Sum(), await _database.ScalarAsync<decimal>("select sum(amount) from revenue_sums"));
        Assert.Equal("done", (string?)(await GetAsync())["status"]);
    }

    [Fact]
    public async Task Of_two_last_parts_at_once_exactly_one_joins()
    {
        await AddHotelsAsync(2);
        await BeginAsync();
        Assert.Equal(Verdict.Done, await HandleAsync(Assert.Single(await _cloud.DrainAsync(_tasks))));
        var parts = await _cloud.DrainAsync(_tasks);
        Assert.Equal(2, parts.Count);

        // Both have marked themselves and wait to count themselves, neither seeing the other.
        await using var holder = await _database.OpenConnectionAsync(Ct);
        await using var hold = await holder.BeginTransactionAsync(Ct);
        await using (var hide = new NpgsqlCommand("select 1 from revenue_runs where month = $1 for update", holder, hold) { Parameters = { new() { Value = Month } } })
            await hide.ExecuteScalarAsync(Ct);
        var verdicts = parts.Select(HandleAsync).ToArray();
        await Eventually.TrueAsync(async () => await _database.ScalarAsync<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'update revenue_runs%'") == 2);
        await hold.CommitAsync(Ct);

        Assert.All(await Task.WhenAll(verdicts), v => Assert.Equal(Verdict.Done, v));
        Assert.Equal("revenue.join.v1", Type(Assert.Single(await _cloud.DrainAsync(_tasks))));
    }

    [Fact]
    public async Task A_part_that_fails_is_not_counted_until_it_succeeds()
    {
        await AddHotelsAsync(3);
        await EarnAsync("hotel-2", 80m, "EUR", "2026-03-10T00:00:00Z");
        await BeginAsync();
        await HandleAsync(Assert.Single(await _cloud.DrainAsync(_tasks)));
        var parts = await _cloud.DrainAsync(_tasks);

        await _database.ExecuteAsync("alter table ledger rename to ledger_away");
        var failed = await HandleAsync(parts[0]);
        await _database.ExecuteAsync("alter table ledger_away rename to ledger");
        foreach (var part in parts.Skip(1))
            Assert.Equal(Verdict.Done, await HandleAsync(part));
        var running = await GetAsync();
        Assert.Empty(await _cloud.DrainAsync(_tasks));
        Assert.Equal(Verdict.Done, await HandleAsync(parts[0]));
        await WorkAsync();

        Assert.False(failed.Acknowledges);
        Assert.Equal(("running", 2, 3), ((string?)running["status"], (int)running["parts"]!["done"]!, (int)running["parts"]!["total"]!));
        Assert.Null(running["hotels"]);
        Assert.Equal("done", (string?)(await GetAsync())["status"]);
        Assert.Equal(80m, await _database.ScalarAsync<decimal>("select sum(amount) from revenue_sums"));
    }

    [Fact]
    public async Task A_month_has_one_run_at_a_time_and_a_new_one_when_that_is_done()
    {
        await AddHotelsAsync(2);

        var first = await BeginAsync();
        Assert.Equal(first, await BeginAsync());
        await WorkAsync();
        await EarnAsync("hotel-1", 50m, "EUR", "2026-03-10T00:00:00Z");
        var second = await BeginAsync();
        await WorkAsync();

        Assert.NotEqual(first, second);
        Assert.Equal(50m, (decimal)(await GetAsync())["hotels"]![0]!["totals"]![0]!["amount"]!);
        Assert.Equal(2, await _database.ScalarAsync<long>("select count(*) from revenue_parts"));
        Assert.Equal(2, (await _s3.ListObjectsV2Async(new() { BucketName = "documents" }, Ct)).S3Objects.Count);
    }

    [Fact]
    public async Task A_join_that_comes_again_when_another_run_has_begun_leaves_the_document_as_it_is()
    {
        await AddHotelsAsync(2);
        await EarnAsync("hotel-1", 50m, "EUR", "2026-03-10T00:00:00Z");
        var document = $"reports/revenue/{Month}/{await BeginAsync()}.csv";
        var tasks = await _cloud.DrainAsync(_tasks);
        while (Type(tasks[0]) != "revenue.join.v1")
        {
            foreach (var task in tasks)
                Assert.Equal(Verdict.Done, await HandleAsync(task));
            tasks = await _cloud.DrainAsync(_tasks);
        }

        var join = Assert.Single(tasks);
        Assert.Equal(Verdict.Done, await HandleAsync(join));
        var written = await DocumentAsync(document);
        await BeginAsync();
        await HandleAsync(Assert.Single(await _cloud.DrainAsync(_tasks)));

        // As if its process had died before the inbox remembered.
        await _database.ExecuteAsync("delete from inbox");
        Assert.Equal(Verdict.Discard("The report is done, or another run of it has begun."), await HandleAsync(join));
        Assert.Equal(written, await DocumentAsync(document));
    }

    [Fact]
    public async Task A_run_that_has_not_ended_for_an_hour_is_replaced_and_its_parts_count_no_more()
    {
        await AddHotelsAsync(2);
        await BeginAsync();
        await HandleAsync(Assert.Single(await _cloud.DrainAsync(_tasks)));
        var stale = await _cloud.DrainAsync(_tasks);
        await _database.ExecuteAsync("update revenue_runs set requested = requested - interval '61 minutes'");

        await BeginAsync();
        var verdicts = new[] { await HandleAsync(stale[0]) };
        await WorkAsync();

        Assert.All([.. verdicts, await HandleAsync(stale[1])], v => Assert.StartsWith("Discarded { ", v.ToString(), StringComparison.Ordinal));
        Assert.Equal("done", (string?)(await GetAsync())["status"]);
        Assert.Equal(2, await _database.ScalarAsync<int>("select parts_done from revenue_runs"));
    }

    [Fact]
    public async Task Without_hotels_the_report_is_done_and_empty()
    {
        await BeginAsync();
        await WorkAsync();

        Assert.Equal("hotel,currency,amount\r\n", await DocumentAsync((string)(await GetAsync())["document"]!));
    }

    [Fact]
    public async Task More_hotels_than_a_transaction_takes_are_a_dead_letter_that_says_so()
    {
        await AddHotelsAsync(501);
        await BeginAsync();

        Assert.Equal(
            Verdict.DeadLetter("There are more than 500 hotels: too many parts for one transaction."), await HandleAsync(Assert.Single(await _cloud.DrainAsync(_tasks))));
    }

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026-3")]
    [InlineData("1999-12")]
    [InlineData("2999-01")]
    [InlineData("every month of all the years")]
    public async Task What_is_no_month_of_the_books_is_refused(string month)
    {
        Assert.Equal(400, (await _api.PostAsync(month, Ct)).StatusCode);
        Assert.Equal(400, (await _api.GetAsync(month, Ct)).StatusCode);
        Assert.Empty(await _cloud.DrainAsync(_tasks));
    }

    [Fact]
    public async Task A_month_that_nobody_asked_for_has_no_report() => Assert.Equal(404, (await _api.GetAsync(Month, Ct)).StatusCode);

    public async ValueTask DisposeAsync()
    {
        _s3.Dispose();
        await _database.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Type(Message message) => (string)JsonNode.Parse(message.Body!)!["type"]!;

    private Task AddHotelsAsync(int count) => _database.ExecuteAsync($"insert into hotels (id, name) select 'hotel-' || n, 'Hotel ' || n from generate_series(1, {count}) n");

    private Task EarnAsync(string hotel, decimal amount, string currency, string posted) => _database.ExecuteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        insert into ledger (booking_id, entry_id, line, account, debit, credit, currency, posted)
        values ('{Guid.NewGuid()}', '{Guid.NewGuid()}', 1, 'revenue:{hotel}', 0, {amount}, '{currency}', '{posted}')
        """));

    private async Task<Guid> BeginAsync()
    {
        var answer = await _api.PostAsync(Month, Ct);
        Assert.Equal((202, $"/reports/revenue/{Month}"), (answer.StatusCode, answer.Headers!["Location"]));
        return (Guid)JsonNode.Parse(answer.Body!)!["id"]!;
    }

    private async Task<JsonNode> GetAsync()
    {
        var answer = await _api.GetAsync(Month, Ct);
        Assert.Equal(200, answer.StatusCode);
        return JsonNode.Parse(answer.Body!)!;
    }

    private async Task<string> DocumentAsync(string key)
    {
        using var document = await _s3.GetObjectAsync("documents", key, Ct);
        using var text = new StreamReader(document.ResponseStream);
        return await text.ReadToEndAsync(Ct);
    }

    private async Task<Verdict> HandleAsync(Message task) => await _worker.HandleAsync(Encoding.UTF8.GetBytes(task.Body!), 1, Ct);

    /// <summary>Handles tasks, side by side, until there is none, and each as often as is said. Those that are not acknowledged come back.</summary>
    private async Task<IReadOnlyList<string>> WorkAsync(int deliveries = 1)
    {
        var types = new List<string>();
        while (await _cloud.DrainAsync(_tasks) is { Count: > 0 } tasks)
        {
            types.AddRange(tasks.Select(Type));
            await Parallel.ForEachAsync(Enumerable.Repeat(tasks, deliveries).SelectMany(t => t), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (task, _) =>
            {
                while (!(await HandleAsync(task)).Acknowledges)
                    await Task.Yield();
            });
        }

        return types;
    }
}
