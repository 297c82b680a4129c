using System.Collections.Concurrent;
using Crash.Killing;
using Crash.Processes;
using EndToEnd.Tests;
using Local;
using Npgsql;

namespace Crash;

/// <summary>All that is deployed, as processes: Local with its functions, a worker and a relay of our own, and a PostgreSQL that can be killed.</summary>
internal sealed class SystemUnderTest : IAsyncDisposable
{
    private const int MostLines = 5_000;

    // Of each process of our own: they meet, and one goes on while the other starts anew.
    private const int Instances = 2;

    // What a killed process held comes back after this. Far shorter than in the stacks, so that each death has time to heal.
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(10);

    private readonly ScratchFolder _scratch;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly List<IAsyncDisposable> _parts = [];

    private LocalProcess? _local;
    private Cloud? _cloud;

    private SystemUnderTest(ScratchFolder scratch, string orders, CrashingPostgres postgres)
    {
        (_scratch, Orders, Postgres) = (scratch, orders, postgres);
        Database = NpgsqlDataSource.Create(postgres.ConnectionString);
    }

    public CrashingPostgres Postgres { get; }

    public NpgsqlDataSource Database { get; }

    public LocalProcess Local => _local!;

    public Cloud Cloud => _cloud!;

    /// <summary>The folder that orders are put into.</summary>
    public string Orders { get; }

    /// <summary>Where notes go that nobody can read.</summary>
    public string NotesDeadLetters { get; private set; } = "";

    /// <summary>What the processes printed last.</summary>
    public string Output => $"{Local.Output}{Environment.NewLine}{string.Join(Environment.NewLine, _lines)}";

    public static async Task<SystemUnderTest> StartAsync(CancellationToken cancellationToken)
    {
        var scratch = new ScratchFolder();
        var orders = scratch.Folder("orders");
        foreach (var victim in Victim.All)
            Directory.CreateDirectory(victim.FolderIn(orders));
        var system = new SystemUnderTest(scratch, orders, await CrashingPostgres.StartAsync(scratch, cancellationToken));
        try
        {
            var folder = Victim.All.First(v => v.IsFunction).FolderIn(orders);
            system._local = await LocalProcess.StartWithAsync("MESSAGING_FAIL_POINTS", folder, "--database", system.Postgres.ConnectionString);
            system._cloud = new(system.Local.CloudAddress);
            await system.StartOwnProcessesAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
            await part.DisposeAsync();
        if (_local is not null)
            await _local.DisposeAsync();
        _cloud?.Dispose();
        await Database.DisposeAsync();
        await Postgres.DisposeAsync();
        _scratch.Dispose();
    }

    private async Task StartOwnProcessesAsync()
    {
        await ExecuteAsync("create table crash_effect (place bigserial primary key, booking_id uuid not null, kind text not null)");
        await ExecuteAsync("create table crash_note (place bigserial primary key, shelf integer not null, number bigint not null)");
        await ExecuteAsync("create table crash_shelf (shelf integer primary key, notes bigint not null)");
        await ExecuteAsync("create table crash_unsendable (message_id text primary key)");
        await ExecuteAsync($"insert into crash_shelf select shelf, 0 from generate_series(0, {Note.Shelves - 1}) shelf");

        var ledger = await Cloud.TopicAsync("ledger");
        var bookings = await Cloud.CreateQueueAsync("crash-worker");
        var notes = await Cloud.CreateQueueAsync("crash-notes");
        NotesDeadLetters = notes.DeadLetters;
        await Cloud.SubscribeAsync(ledger, bookings.Queue, Contracts.Messages.BookingConfirmed.Type, Contracts.Messages.BookingCancelled.Type);
        await Cloud.SubscribeAsync(ledger, notes.Queue, Note.Type);
        await Cloud.SetVisibilityAsync(Visibility);

        var environment = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = Local.CloudAddress.ToString(),
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_REGION"] = "us-east-1",
            ["DATABASE"] = $"{Postgres.ConnectionString};Maximum Pool Size=40",
            ["DESTINATION_BOOKING_EVENTS"] = await Cloud.TopicAsync("events"),
            ["DESTINATION_BOOKING_LEDGER"] = ledger,
            ["DESTINATION_TASKS"] = await Cloud.QueueAsync("tasksqueue"),
            ["QUEUE_WORKER"] = bookings.Queue,
            ["DEAD_LETTERS_WORKER"] = bookings.DeadLetters,
            ["QUEUE_NOTES"] = notes.Queue,
            ["DEAD_LETTERS_NOTES"] = notes.DeadLetters,
            ["EMF"] = "off",
            ["LOG_LEVEL"] = "Warning",
        };
        foreach (var victim in Victim.All.Where(v => !v.IsFunction).SelectMany(v => Enumerable.Repeat(v, Instances)))
            _parts.Add(new OwnProcess(victim.Name, new Dictionary<string, string>(environment) { ["MESSAGING_FAIL_POINTS"] = victim.FolderIn(Orders) }, Add));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private void Add(string line)
    {
        _lines.Enqueue(line);
        while (_lines.Count > MostLines)
            _lines.TryDequeue(out _);
    }
}
